// SPDX-License-Identifier: Apache-2.0
import YAML

/// All that is wrong with the settings, in the order in which one would look through them.
public struct SettingsError: Error, Sendable, Equatable {
    public let problems: [SettingProblem]

    init(_ problems: [SettingProblem]) {
        self.problems = problems.sorted { $0.place < $1.place }
    }
}

extension SettingsError: CustomStringConvertible {
    /// A line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

public struct SettingProblem: Sendable, Equatable {
    public let place: SettingPlace
    /// `section.key`, or only the section; nil where neither is meant.
    public let setting: String?
    /// What is wrong; what to write instead.
    public let message: String
}

extension SettingProblem: CustomStringConvertible {
    public var description: String { "\(place): " + (setting.map { "\($0): " } ?? "") + message }
}

/// Where a value was written.
public enum SettingPlace: Sendable, Equatable {
    /// Without a mark: the file as a whole.
    case file(String, YAMLMark?)
    case variable(String)
    case flag(String)
}

extension SettingPlace: CustomStringConvertible {
    public var description: String {
        switch self {
        case .file(let path, let mark?): "\(path):\(mark.line):\(mark.column)"
        case .file(let path, nil): path
        case .variable(let name), .flag(let name): name
        }
    }
}

extension SettingPlace: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: (Int, Int, Int, String) {
        switch self {
        case .file(_, let mark): (0, mark?.line ?? 0, mark?.column ?? 0, "")
        case .variable(let name): (1, 0, 0, name)
        case .flag(let name): (2, 0, 0, name)
        }
    }
}
