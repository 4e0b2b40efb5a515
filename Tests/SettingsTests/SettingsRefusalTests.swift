// SPDX-License-Identifier: Apache-2.0
import Testing
import Settings

@Suite("A refusal") struct SettingsRefusalTests {
    @Test("says where, which, what is wrong and what to write instead", arguments: [
        ("shop: {name: 12}", "shop.yml:1:14: shop.name: `12` is not a text; put it in quotes: \"12\""),
        ("shop: {name: true}", "shop.yml:1:14: shop.name: `true` is not a text; put it in quotes: \"true\""),
        ("shop: {name: [a]}", "shop.yml:1:14: shop.name: a list is not a text; write a text"),
        ("shop: {name: ''}", "shop.yml:1:14: shop.name: the text is empty; write a text"),
        ("shop: {name: \"a\\nb\"}", "shop.yml:1:14: shop.name: the text holds a control character; write a text"),
        ("shop:\n  name:\n", "shop.yml:2:8: shop.name: there is no value; write one, or leave the key out"),
        ("shop: {folder: \"\\0\"}", "shop.yml:1:16: shop.folder: the text holds a control character; write a path"),
        ("shop: {open: no}", "shop.yml:1:14: shop.open: `no` is not true or false; write true or false"),
        ("shop: {open: 'true'}", "shop.yml:1:14: shop.open: \"true\" in quotes is a text; write true"),
        ("shop: {streets: elm}", "shop.yml:1:17: shop.streets: `elm` is not a list; write a list of streets, [a, b], in a variable a,b"),
        ("shop: {streets: [a, 5]}", "shop.yml:1:17: shop.streets: `5` in the list is not a text, or holds a comma; write a list of streets, [a, b], in a variable a,b"),
        ("shop: {streets: ['a,b']}", "shop.yml:1:17: shop.streets: `a,b` in the list is not a text, or holds a comma; write a list of streets, [a, b], in a variable a,b"),
        ("shop: {streets: ['http://elm']}", "shop.yml:1:17: shop.streets: `http://elm` is not a host name; write the name alone, without scheme and port"),
        ("oven:\n  count: many", "shop.yml:2:10: oven.count: `many` is not an integer; write an integer from 1 to 9"),
        ("oven:\n  count: 1_0", "shop.yml:2:10: oven.count: `1_0` is not an integer; write an integer from 1 to 9"),
        ("oven:\n  count: '5'", "shop.yml:2:10: oven.count: \"5\" in quotes is a text; write 5"),
        ("oven:\n  count: 1.0", "shop.yml:2:10: oven.count: `1.0` is not an integer; write an integer from 1 to 9"),
        ("oven:\n  count: {a: 1}", "shop.yml:2:10: oven.count: a mapping is not an integer; write an integer from 1 to 9"),
        ("oven:\n  count: 0", "shop.yml:2:10: oven.count: 0 is too small; write an integer from 1 to 9"),
        ("oven:\n  count: 10", "shop.yml:2:10: oven.count: 10 is too large; write an integer from 1 to 9"),
        ("oven:\n  count: 99999999999999999999", "shop.yml:2:10: the number 99999999999999999999 is too large; if it is a text, put it in quotes"),
        ("oven:\n  flour_grams: -1", "shop.yml:2:16: oven.flour_grams: -1 is too small; write a whole number of grams from 100 to 900"),
        ("oven:\n  baking_seconds: 30s", "shop.yml:2:19: oven.baking_seconds: `30s` is not an integer; write a whole number of seconds from 1 to 60"),
        ("oven:\n  keeping_days: 8", "shop.yml:2:17: oven.keeping_days: 8 is too large; write a whole number of days from 1 to 7"),
        ("oven: {bread: Rye}", "shop.yml:1:15: oven.bread: there is no `Rye`; write one of rye, wheat, oat"),
        ("oven: {bread: spelt}", "shop.yml:1:15: oven.bread: `spelt` is not available in this version; write one of rye, wheat, oat"),
        ("shop: open", "shop.yml:1:7: shop: is a section, not a setting; write its keys below it, indented"),
        ("- shop", "shop.yml:1:1: the file is not a mapping; write sections such as `oven:` with their keys below"),
        ("oven: {count: 1, count: 2}", "shop.yml:1:18: the key `count` stands in line 1 already; keep one of the two"),
        ("oven: [", "shop.yml:2:1: did not find expected node content while parsing a flow node"),
    ])
    func message(text: String, problem: String) {
        #expect(Bakery.problems(text) == [problem])
    }

    @Test("of an unknown name says which is meant", arguments: [
        ("oven: {cuont: 1}", "shop.yml:1:8: oven.cuont: there is no such setting; did you mean oven.count?"),
        ("oven: {flour: 1}", "shop.yml:1:8: oven.flour: there is no such setting; the keys of oven are count, flour_grams, bread, baking_seconds, keeping_days"),
        ("oven: {baking_second: 1}", "shop.yml:1:8: oven.baking_second: there is no such setting; did you mean oven.baking_seconds?"),
        ("shop: {flour_grams: 1}", "shop.yml:1:8: shop.flour_grams: there is no such setting; did you mean oven.flour_grams?"),
        ("ovn: {count: 1}", "shop.yml:1:1: ovn: there is no such section; did you mean oven?"),
        ("flour_grams: 1", "shop.yml:1:1: flour_grams: is not a section; write `oven:` and indented below it `flour_grams:`"),
        ("oven.count: 1", "shop.yml:1:1: oven.count: is not a section; write `oven:` and indented below it `count:`"),
        ("cakes: {}", "shop.yml:1:1: cakes: there is no such section; the sections are shop, oven"),
    ])
    func unknown(text: String, problem: String) {
        #expect(Bakery.problems(text) == [problem])
    }

    @Test("of a variable or flag names it", arguments: [
        ("BAKERY_OVEN_COUNT", "", "oven.count: `` is not an integer; write an integer from 1 to 9"),
        ("BAKERY_OVEN_COUNT", "10", "oven.count: 10 is too large; write an integer from 1 to 9"),
        ("BAKERY_SHOP_OPEN", "yes", "shop.open: `yes` is neither true nor false; write true or false"),
        ("BAKERY_SHOP_NAME", "", "shop.name: the text is empty; write a text"),
        ("BAKERY_OVEN_CUONT", "1", "there is no such variable; did you mean BAKERY_OVEN_COUNT?"),
        ("BAKERY_CAKES", "1", "there is no such variable; unset it"),
        ("--ovens", "x", "oven.count: `x` is not an integer; write an integer from 1 to 9"),
        ("--oven", "1", "there is no such flag; did you mean --ovens?"),
        ("--cakes", "1", "there is no such flag; leave it out"),
    ])
    func otherSources(name: String, text: String, problem: String) {
        let isFlag = name.hasPrefix("--")
        let problems = Bakery.problems(nil, environment: isFlag ? [:] : [name: text], flags: isFlag ? [name: text] : [:])
        #expect(problems == ["\(name): \(problem)"])
    }

    @Test("of an address says how to write one", arguments: [
        ("8080", "`8080` has no port; write an address and port, as 127.0.0.1:8080 or [::1]:8080, or unix:/path"),
        ("localhost:80", "`localhost` is not an IP address; write one, as 127.0.0.1 or [::1], before the port; names are not looked up"),
        ("::1:80", "`::1` is not an IP address; write one, as 127.0.0.1 or [::1], before the port; names are not looked up"),
        ("[127.0.0.1]:80", "`[127.0.0.1]` is not an IP address; write one, as 127.0.0.1 or [::1], before the port; names are not looked up"),
        (":80", "`` is not an IP address; write one, as 127.0.0.1 or [::1], before the port; names are not looked up"),
        ("127.0.0.1:", "`` is not a port; write a number from 0 to 65535 after the colon"),
        ("127.0.0.1:65536", "`65536` is not a port; write a number from 0 to 65535 after the colon"),
        ("unix:run.sock", "`unix:run.sock` has no absolute path; write an address and port, as 127.0.0.1:8080 or [::1]:8080, or unix:/path"),
        ("unix:/" + String(repeating: "a", count: 107), "the socket's path is too long; write one of at most 107 bytes"),
    ])
    func address(text: String, problem: String) {
        #expect(Bakery.problems(nil, flags: ["--counter": text]) == ["--counter: shop.counter: \(problem)"])
    }

    @Test("holds all that is wrong, in the order of the file, then variables, then flags") func all() {
        let problems = Bakery.problems(
            "oven:\n  bread: pie\n  count: 0\n  salt: 1\nshop: {open: 1}\ncake: 1\n",
            environment: ["BAKERY_Z": "", "BAKERY_OVEN_COUNT": "x"], flags: ["--counter": "x", "--ovens": "5"])
        #expect(problems.map { $0.prefix { $0 != " " } } == [
            "shop.yml:2:10:", "shop.yml:3:10:", "shop.yml:4:3:", "shop.yml:5:14:", "shop.yml:6:1:", "BAKERY_OVEN_COUNT:", "BAKERY_Z:", "--counter:",
        ])
    }

    @Test("of a file that cannot be read leaves nothing else unsaid") func unreadable() {
        let error = #expect(throws: SettingsError.self) {
            try Bakery.table.read(SettingSources(file: "/nonexistent/shop.yml", environment: ["BAKERY_OVEN_COUNT": "x"]))
        }
        #expect(error?.description == """
            /nonexistent/shop.yml: cannot be read: No such file or directory
            BAKERY_OVEN_COUNT: oven.count: `x` is not an integer; write an integer from 1 to 9
            """)
    }
}
