// SPDX-License-Identifier: Apache-2.0
import Testing
import Settings

@Suite("A reload") struct SettingsChangesTests {
    @Test("lists what differs, with when it counts") func changes() {
        let old = Bakery()
        var new = old
        new.ovens = 3
        new.isOpen = false
        new.streets = ["elm", "oak"]
        #expect(Bakery.table.changes(from: old, to: new).map(\.description) == [
            "shop.open: true -> false, applied now",
            "shop.streets: [] -> [elm, oak], needs a restart",
            "oven.count: 2 -> 3, needs a restart",
        ])
        #expect(Bakery.table.changes(from: old, to: old).isEmpty)
    }

    @Test("takes over only what may change while running") func reloading() {
        let running = Bakery()
        var new = running
        new.ovens = 3
        new.flour = 600
        new.name = "Other"
        var expected = running
        expected.flour = 600
        #expect(Bakery.table.reloading(running, from: new) == expected)
    }
}
