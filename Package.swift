// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "TextSearch",
  platforms: [.macOS(.v15), .iOS(.v18)],
  products: [
    .library(name: "TextSearch", targets: ["TextSearch"]),
    .executable(name: "fts", targets: ["fts"]),
    .executable(name: "fts-bench", targets: ["fts-bench"]),
  ],
  targets: [
    .target(
      name: "TextSearch",
      exclude: [
        "Analysis/Unicode/generate-character-table.py", "Compression/generate-dictionary.py",
        "Postings/generate-bit-packing.py",
      ],
      swiftSettings: settings
    ),
    .target(
      name: "FTSInput", dependencies: ["TextSearch"], exclude: ["Markup/generate-character-references.py"],
      swiftSettings: settings),
    .executableTarget(name: "fts", dependencies: ["TextSearch", "FTSInput"], swiftSettings: settings),
    .executableTarget(
      name: "fts-bench",
      dependencies: ["TextSearch", "FTSInput"],
      path: "Benchmarks",
      exclude: ["anonymous-memory", "instructions", "walks", "walks.tsv", "peers", "RESULTS.md", "results"],
      swiftSettings: settings
    ),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "TextSearchTests",
      dependencies: ["TextSearch", "TestSupport"],
      exclude: ["Analysis/French/light-differences.tsv", "Golden"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ftsTests",
      dependencies: ["fts", "FTSInput", "TestSupport"],
      swiftSettings: settings
    ),
  ]
)
