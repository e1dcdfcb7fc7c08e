/// Table of the speeds and sizes of engines, ours first.
struct BuildTable {
  private let builds: [Builds]
  private let bytes: Int

  init(_ builds: [Builds], bytes: Int) {
    self.builds = builds
    self.bytes = bytes
  }

  func print() {
    printSpeeds()
    printSizes()
    printSizeRatio()
  }

  private func printSpeeds() {
    row("engine", ["MB/s", "ours/this", "CPU s", "this/ours", "merge s", "segments", "seconds, each round"])
    let ours = builds[0].speed(bytes)
    let ourCPU = builds[0].cpu
    for build in builds {
      let speed = build.speed(bytes)
      let seconds = build.results.map { fixed($0.buildSeconds, 2) }.joined(separator: " ")
      let merge = fixed(median(build.results.map(\.mergeSeconds)), 2)
      let segments = build.results.last.map { "\($0.segments)" } ?? ""
      row(
        build.name,
        [
          fixed(speed, 1), fixed(ours / speed, 2), fixed(build.cpu, 2), fixed(build.cpu / ourCPU, 2), merge, segments,
          seconds,
        ])
    }
  }

  private func printSizes() {
    let names = BuildResult.compared + ["other"]
    row("bytes", names + ["compared", "whole"])
    for build in builds {
      guard let result = build.results.last else { continue }
      let sizes = names.map { result.groups[$0] ?? 0 } + [result.comparedBytes, result.indexBytes]
      row(build.name, sizes.map(String.init))
    }
  }

  /// Prints the ratio of our size to that of the smallest peer; peers without positions are left out.
  private func printSizeRatio() {
    guard let ours = builds[0].results.last else { return }
    let sizes = builds.dropFirst().compactMap { build in
      build.results.last.flatMap { ($0.groups["positions"] ?? 0) > 0 ? (build.name, $0.comparedBytes) : nil }
    }
    guard let smallest = sizes.min(by: { $0.1 < $1.1 }) else { return }
    let ratio = fixed(Double(ours.comparedBytes) / Double(smallest.1), 3)
    Swift.print("dictionary + postings + positions + lengths + keys: \(ratio) of the smallest (\(smallest.0))")
  }

  private func row(_ name: String, _ cells: [String]) {
    let width = 12
    let padded = cells.map { String(repeating: " ", count: max(1, width - $0.count)) + $0 }
    Swift.print(name + String(repeating: " ", count: max(1, 18 - name.count)) + padded.joined())
  }
}
