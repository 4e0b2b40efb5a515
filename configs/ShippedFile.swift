// SPDX-License-Identifier: Apache-2.0

/// The configuration files of this folder that the daemon carries with it, for an installation without files of its own.
public enum ShippedFile: Sendable {
    public static var plans: [UInt8] { PackageResources.plans_yml }
    public static var dryrun: [UInt8] { PackageResources.dryrun_yml }
    public static var onboarding: [UInt8] { PackageResources.onboarding_yml }
}
