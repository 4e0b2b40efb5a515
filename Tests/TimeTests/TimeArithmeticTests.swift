// SPDX-License-Identifier: Apache-2.0
import Testing
import Time

@Suite struct TimeArithmeticTests {
    @Test("cuts a duration down to whole milliseconds, towards zero", arguments: [
        (Duration.zero, Int64(0)), (.seconds(2), 2_000), (.microseconds(1_999), 1), (.microseconds(-1_999), -1),
        (.nanoseconds(999_999), 0), (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
        (.milliseconds(Int64.max), .max), (.milliseconds(Int64.min), .min),
    ])
    func wholeMilliseconds(duration: Duration, expected: Int64) {
        #expect(duration.wholeMilliseconds == expected)
    }

    @Test("adds and subtracts durations")
    func arithmetic() {
        let boot = BootTime(milliseconds: 5_000), wall = WallTime(milliseconds: 5_000)
        #expect(boot + .seconds(1) == BootTime(milliseconds: 6_000))
        #expect(boot - .seconds(1) == BootTime(milliseconds: 4_000))
        #expect(boot - BootTime(milliseconds: 7_000) == .seconds(-2))
        #expect(wall + .seconds(1) == WallTime(milliseconds: 6_000))
        #expect(wall - .seconds(1) == WallTime(milliseconds: 4_000))
        #expect(wall - WallTime(milliseconds: 7_000) == .seconds(-2))
        #expect(boot < boot + .milliseconds(1) && wall < wall + .milliseconds(1))
    }

    @Test("stops at the ends instead of overflowing")
    func clamps() {
        let forever = Duration.seconds(Int64.max), ever = Duration.seconds(Int64.min)
        #expect((BootTime(milliseconds: 1) + forever).milliseconds == .max)
        #expect((BootTime(milliseconds: -1) + ever).milliseconds == .min)
        #expect((BootTime(milliseconds: -2) - forever).milliseconds == .min)
        #expect((BootTime(milliseconds: 0) - ever).milliseconds == .max)
        #expect((WallTime(milliseconds: 1) + forever).milliseconds == .max)
        #expect((WallTime(milliseconds: -2) - forever).milliseconds == .min)
        #expect(WallTime(milliseconds: .max) - WallTime(milliseconds: .min) == .milliseconds(Int64.max))
        #expect(BootTime(milliseconds: .min) - BootTime(milliseconds: .max) == .milliseconds(Int64.min))
    }
}
