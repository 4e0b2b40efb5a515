// SPDX-License-Identifier: Apache-2.0
import Testing
import Settings

@Suite("Documents made from the table") struct SettingsDocumentsTests {
    @Test("the example file says everything there is to say about a setting") func exampleFile() {
        let text = Bakery.table.exampleFile(heading: "A bakery.")
        #expect(text.hasPrefix("""
            # A bakery.

            shop:
              # The name over the door.
              # Takes a text. Default: 'Corner Bakery'.
              name: 'Corner Bakery'

              # Is printed on bags.
              # Takes a text. Default: 'no: ''cakes'''.
              motto: 'no: ''cakes'''

              # Whether customers are let in.
              # Takes true or false. Default: true. Read again on reload.
              open: true

              # Where orders are taken.
              # Takes an address and port, as 127.0.0.1:8080 or [::1]:8080, or unix:/path. Default:
              # 127.0.0.1:8080. Flag: --counter.
              counter: 127.0.0.1:8080

            """))
        #expect(text.contains("""
              # Where the books are.
              # Takes a path. Default: $BAKERY, else /bakery.
              # folder:

            """))
    }

    @Test("the example file reads as the defaults") func exampleFileReads() throws {
        #expect(try Bakery.read(Bakery.table.exampleFile(heading: "A bakery.")) == Bakery.read(""))
    }

    @Test("any text comes back from YAML as it was", arguments: [
        "a", "true", "12", "~", "", "a b", "it's", "'", "a: b", "a:", "#a", "a #b", "-", "- a", "é", "[a]", "*a", "%a", "@a", "null", ".5", "unix:/a/b", "::1", "1:2",
    ])
    func texts(text: String) throws {
        var bakery = Bakery()
        bakery.motto = text
        let table = SettingsTable([Setting("shop.motto", .text, \Bakery.motto, "Text.")], initial: bakery, prefix: "B")
        let written = try #require(table.exampleFile(heading: "H").split(separator: "\n").last)
        if text.isEmpty {
            #expect(written == "  motto: ''")
        } else {
            #expect(try Bakery.read("shop:\n\(written)").motto == text)
        }
    }

    @Test("the reference has a row for every setting") func reference() {
        let text = Bakery.table.reference()
        #expect(text.hasPrefix("""
            ## shop

            | setting | default | takes | meaning |
            |---|---|---|---|
            | `shop.name` | `'Corner Bakery'` | a text | The name over the door. |
            """))
        #expect(text.contains("| `shop.counter` | `127.0.0.1:8080` | an address and port, as 127.0.0.1:8080 or [::1]:8080, or unix:/path | Where orders are taken. Flag `--counter`. |"))
        #expect(text.contains("| `oven.flour_grams` | `500` | a whole number of grams from 100 to 900 | Flour for a loaf. Read again on reload. |"))
        #expect(text.contains("| `shop.folder` | $BAKERY, else /bakery | a path | Where the books are. |"))
        for setting in Bakery.table.settings { #expect(text.contains("| `\(setting.name)` |")) }
    }
}
