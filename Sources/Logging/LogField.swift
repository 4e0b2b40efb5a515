// SPDX-License-Identifier: Apache-2.0

/// One named value of an event. The name is `snake_case` and written in the program, never made from input.
public struct LogField: Sendable {
    let name: StaticString
    let value: Value

    enum Value: Sendable {
        /// Text from anywhere: cut, escaped and redacted when it is written.
        case text(String)
        /// An id that this program made or checked: cut and escaped, but not mistaken for a secret.
        case id(String)
        case integer(Int64)
        case boolean(Bool)
    }

    private init(_ name: StaticString, _ value: Value) {
        self.name = name
        self.value = value
    }

    public init(_ name: StaticString, _ text: String) { self.init(name, .text(text)) }
    public init(_ name: StaticString, _ number: some BinaryInteger) { self.init(name, .integer(Int64(clamping: number))) }
    public init(_ name: StaticString, _ flag: Bool) { self.init(name, .boolean(flag)) }

    /// The same field with another id.
    init(id name: StaticString, _ id: String) { self.init(name, .id(id)) }

    /// `job_id`, in the journal JOB_ID.
    public static func job(_ id: String) -> LogField { LogField("job_id", .id(id)) }
    /// `tenant_id`, in the journal TENANT_ID.
    public static func tenant(_ id: String) -> LogField { LogField("tenant_id", .id(id)) }
    /// `step`, in the journal STEP.
    public static func step(_ name: String) -> LogField { LogField("step", .id(name)) }
}
