// SPDX-License-Identifier: Apache-2.0
import Glibc
import Settings

extension Configuration {
    /// Is read where neither a flag nor a variable names a file, if it is there.
    public static let usualFile = "/etc/onboardd/onboardd.yml"

    /// The settings for a start or a reload.
    ///
    /// - Parameters:
    ///   - file: what `--config` names.
    ///   - flags: the texts of the flags that the table's rows name, by the flag.
    public static func load(
        file: String?, environment: [String: String], flags: [String: String] = [:], usualFile: String = usualFile
    ) throws(SettingsError) -> Configuration {
        let usual = access(usualFile, F_OK) == 0 ? usualFile : nil
        return try table.read(SettingSources(
            file: file ?? environment["ONBOARDD_CONFIG"] ?? usual, environment: environment, flags: flags))
    }
}

extension Configuration {
    /// The text of `configs/onboardd.yml`.
    public static var exampleFile: String {
        table.exampleFile(heading: """
            onboardd's settings, each at its default. Delete what you don't change, or all of it; `onboardd check-config` \
            checks the rest. A variable named after section and key overrules this file (ONBOARDD_LISTEN_ADDRESS; a list \
            is written a,b), and a flag overrules both. This text is made from the program's own table of settings.
            """)
    }
}
