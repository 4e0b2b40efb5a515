// SPDX-License-Identifier: Apache-2.0

/// How a dispatcher comes to its end.
public enum DrainState: String, CaseIterable, Sendable {
    case working, finishingSteps, givingUp, stopped

    public enum Event: CaseIterable, Sendable { case stopAsked, timeOver, allHandedBack }

    static let moves: [DrainState: [Event: DrainState]] = [
        .working: [.stopAsked: .finishingSteps],
        .finishingSteps: [.timeOver: .givingUp, .allHandedBack: .stopped],
        .givingUp: [.allHandedBack: .stopped],
    ]

    /// What follows; the state itself where nothing does.
    public func after(_ event: Event) -> DrainState { Self.moves[self]?[event] ?? self }

    public var claims: Bool { self == .working }
}
