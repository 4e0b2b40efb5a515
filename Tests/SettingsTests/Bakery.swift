// SPDX-License-Identifier: Apache-2.0
import Foundation
import Settings

/// A configuration that has nothing to do with onboardd, with one setting of every kind.
struct Bakery: Sendable, Equatable {
    enum Bread: String, CaseIterable, Sendable { case rye, wheat, oat }

    var name = "Corner Bakery"
    var motto = "no: 'cakes'"
    var folder = ""
    var ovens = 2
    var flour = 500
    var isOpen = true
    var bread = Bread.rye
    var baking = Duration.seconds(40)
    var keeping = Duration.seconds(2 * 86_400)
    var counter = ListenAddress.ip(host: "127.0.0.1", port: 8080)
    var streets: [String] = []
    var recipes: String?

    static let table = SettingsTable([
        Setting("shop.name", .text, \.name, "The name over the door."),
        Setting("shop.motto", .text, \.motto, "Is printed on bags."),
        Setting("shop.open", .boolean, \.isOpen, effect: .onReload, "Whether customers are let in."),
        Setting("shop.counter", .address, \.counter, flag: "--counter", "Where orders are taken."),
        Setting("shop.streets", .list(of: .hostName, "streets"), \.streets, "Where bread is brought."),
        Setting("shop.folder", .path, \.folder, default: .derived("$BAKERY, else /bakery") { $1.environment["BAKERY"] ?? "/bakery" }, "Where the books are."),
        Setting("shop.recipes", .optional(.path), \.recipes, default: .derived("<shop.folder>/recipes, if there is a file") { bakery, sources in
            sources.file.map { _ in bakery.folder + "/recipes" }
        }, "Where recipes are."),
        Setting("oven.count", .integer(in: 1...9), \.ovens, flag: "--ovens", "How many ovens there are."),
        Setting("oven.flour_grams", .integer(in: 100...900, of: "grams"), \.flour, effect: .onReload, "Flour for a loaf."),
        Setting("oven.bread", .choice(of: Bread.self, unavailable: ["spelt"]), \.bread, "What is baked."),
        Setting("oven.baking_seconds", .duration(in: 1...60, .seconds), \.baking, "How long it bakes."),
        Setting("oven.keeping_days", .duration(in: 1...7, .days), \.keeping, "How long it is sold."),
    ], initial: Bakery(), prefix: "BAKERY", otherVariables: ["BAKERY_URL"])

    /// Reads a file with this text, named `shop.yml` in problems, which come back with the folder cut off.
    static func read(_ text: String?, environment: [String: String] = [:], flags: [String: String] = [:]) throws -> Bakery {
        let folder = FileManager.default.temporaryDirectory.appending(component: "settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(component: "shop.yml")
        if let text { try Data(text.utf8).write(to: file) }
        do {
            return try table.read(SettingSources(file: text.map { _ in file.path }, environment: environment, flags: flags))
        } catch {
            throw Refused(lines: error.problems.map { $0.description.replacing(folder.path + "/", with: "") })
        }
    }

    static func problems(_ text: String?, environment: [String: String] = [:], flags: [String: String] = [:]) -> [String] {
        do {
            _ = try read(text, environment: environment, flags: flags)
            return []
        } catch let refused as Refused {
            return refused.lines
        } catch {
            return ["unexpected: \(error)"]
        }
    }

    struct Refused: Error { let lines: [String] }
}
