// SPDX-License-Identifier: Apache-2.0
import SQLite
import Time

extension Row {
    func wallTime(_ column: Int) -> WallTime? {
        isNull(column) ? nil : WallTime(milliseconds: int64(column))
    }

    /// From the columns due_boot, due_at, due_delay_ms, the first of them at `column`.
    func due(_ column: Int) -> Due? {
        guard !isNull(column) else { return nil }
        return Due(
            boot: BootTime(milliseconds: int64(column)), wall: WallTime(milliseconds: int64(column + 1)),
            delay: .milliseconds(int64(column + 2)))
    }
}

extension RawRepresentable where RawValue == String {
    /// - Throws: `StoreError.unreadable` where the store holds a word that this program doesn't know.
    init(stored text: String) throws {
        guard let value = Self(rawValue: text) else {
            throw StoreError.unreadable("\(Self.self) '\(text)'")
        }
        self = value
    }
}
