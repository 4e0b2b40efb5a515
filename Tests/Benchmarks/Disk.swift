// SPDX-License-Identifier: Apache-2.0
import Dispatch
import FoundationEssentials
import Glibc

/// What the disk under the daemon can do by itself.
enum Disk {
    struct Failure: Error { let call: String, code: Int32 }

    /// The median of 200 times 4 KiB written and fdatasynced.
    static func medianSync(in folder: String) throws -> Duration {
        let descriptor = open(folder + "/sync", O_RDWR | O_CREAT, 0o600)
        guard descriptor >= 0 else { throw Failure(call: "open", code: errno) }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 1, count: 4096)
        let samples = try (0..<200).map { index -> Duration in
            try ContinuousClock().measure {
                guard pwrite(descriptor, block, block.count, off_t(index % 64) * 4096) == block.count, fdatasync(descriptor) == 0 else {
                    throw Failure(call: "fdatasync", code: errno)
                }
            }
        }
        return Samples(samples).median
    }

    /// 16 KiB files made, synced and renamed by 16 threads, the folder synced.
    static func filesPerSecond(in folder: String, count: Int = 2_000) throws -> Double {
        guard mkdir(folder + "/files", 0o700) == 0 else { throw Failure(call: "mkdir", code: errno) }
        let block = [UInt8](repeating: 1, count: 16_384)
        let time = ContinuousClock().measure {
            DispatchQueue.concurrentPerform(iterations: 16) { worker in
                for index in stride(from: worker, to: count, by: 16) {
                    let draft = folder + "/files/.\(index)"
                    let descriptor = open(draft, O_WRONLY | O_CREAT, 0o600)
                    _ = write(descriptor, block, block.count)
                    fsync(descriptor)
                    close(descriptor)
                    rename(draft, folder + "/files/\(index)")
                    let directory = open(folder + "/files", O_RDONLY)
                    fsync(directory)
                    close(directory)
                }
            }
        }
        return Double(count) / time.seconds
    }
}

/// A folder of this run's own.
final class ScratchFolder {
    let path: String

    init() throws {
        path = FileManager.default.currentDirectoryPath + "/.build/bench-\(getpid())"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("cannot remove \(path): \(error)") }
    }
}

/// Measured durations, in order.
struct Samples {
    private let sorted: [Duration]

    init(_ samples: [Duration]) { sorted = samples.sorted() }

    var median: Duration { percentile(50) }
    func percentile(_ percent: Int) -> Duration {
        sorted.isEmpty ? .zero : sorted[min(sorted.count * percent / 100, sorted.count - 1)]
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var milliseconds: Double { seconds * 1_000 }
}
