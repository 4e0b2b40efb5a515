// SPDX-License-Identifier: Apache-2.0
import Testing
import Settings

@Suite("Settings") struct SettingsSourcesTests {
    @Test("have their defaults where nobody sets them", arguments: [nil, "", "# nothing\n", "shop:\n", "shop: {}\noven: ~\n"])
    func defaults(text: String?) throws {
        var expected = Bakery()
        expected.folder = "/bakery"
        expected.recipes = text.map { _ in "/bakery/recipes" }
        #expect(try Bakery.read(text) == expected)
    }

    @Test("of every kind are read from the file") func file() throws {
        let bakery = try Bakery.read("""
            shop:
              name: "12"
              motto: no
              open: false
              counter: "[::1]:0"
              streets: [Elm.example, oak]
              folder: /srv
              recipes: /tmp
            oven:
              count: 9
              flour_grams: 0x64
              bread: oat
              baking_seconds: 60
              keeping_days: 7
            """)
        #expect(bakery == Bakery(
            name: "12", motto: "no", folder: "/srv", ovens: 9, flour: 100, isOpen: false, bread: .oat, baking: .seconds(60),
            keeping: .seconds(7 * 86_400), counter: .ip(host: "::1", port: 0), streets: ["elm.example", "oak"], recipes: "/tmp"))
    }

    @Test("of every kind are read from variables") func environment() throws {
        let bakery = try Bakery.read(nil, environment: [
            "BAKERY_SHOP_NAME": "12", "BAKERY_SHOP_MOTTO": "true", "BAKERY_SHOP_OPEN": "false", "BAKERY_SHOP_COUNTER": "unix:/run/counter.sock",
            "BAKERY_SHOP_STREETS": "elm, oak ,,ash", "BAKERY_SHOP_FOLDER": "/srv", "BAKERY_SHOP_RECIPES": "/tmp", "BAKERY_OVEN_COUNT": "9",
            "BAKERY_OVEN_FLOUR_GRAMS": "100", "BAKERY_OVEN_BREAD": "oat", "BAKERY_OVEN_BAKING_SECONDS": "60", "BAKERY_OVEN_KEEPING_DAYS": "7",
            "BAKERY_URL": "not ours", "BAKERYX": "not ours", "HOME": "/root",
        ])
        #expect(bakery == Bakery(
            name: "12", motto: "true", folder: "/srv", ovens: 9, flour: 100, isOpen: false, bread: .oat, baking: .seconds(60),
            keeping: .seconds(7 * 86_400), counter: .unix(path: "/run/counter.sock"), streets: ["elm", "oak", "ash"], recipes: "/tmp"))
    }

    @Test("in a variable may be an empty list") func emptyList() throws {
        #expect(try Bakery.read("shop: {streets: [elm]}", environment: ["BAKERY_SHOP_STREETS": ""]).streets == [])
    }

    @Test("come from the strongest source: flag, variable, file, default", arguments: 0..<8)
    func precedence(sources: Int) throws {
        let file = sources & 1 > 0, variable = sources & 2 > 0, flag = sources & 4 > 0
        let bakery = try Bakery.read(
            file ? "oven: {count: 3}" : nil, environment: variable ? ["BAKERY_OVEN_COUNT": "4"] : [:], flags: flag ? ["--ovens": "5"] : [:])
        #expect(bakery.ovens == (flag ? 5 : variable ? 4 : file ? 3 : 2))
    }

    @Test("with a derived default follow what they are derived from, until they are set") func derived() throws {
        #expect(try Bakery.read("shop: {folder: /srv}").recipes == "/srv/recipes")
        #expect(try Bakery.read("", environment: ["BAKERY": "/env"]).recipes == "/env/recipes")
        #expect(try Bakery.read("shop: {folder: /srv, recipes: /tmp}").recipes == "/tmp")
    }
}
