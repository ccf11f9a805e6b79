package dev.heddle.iter.fuzz;

/** Writes classes of random coroutine bodies; the same seed writes the same body. */
final class FuzzWriter {
  private FuzzWriter() {}

  /** The source of a class {@code name} with one body for each seed. */
  static String source(String name, long firstSeed, int count) {
    StringBuilder all = new StringBuilder(
        "package fuzzed;\nimport dev.heddle.iter.*;\nimport dev.heddle.iter.fuzz.FuzzBase;\n")
        .append("import java.util.*;\nimport java.util.function.*;\n")
        .append("public final class ").append(name).append(" extends FuzzBase {\n")
        .append("  private int hidden = 5;\n  private static long total;\n")
        .append("  private record Pair(Object first, long second) {}\n")
        .append("  private static final class Cell { int value; Object other;\n")
        .append("    private Cell(int value, Object other) { this.value = value; this.other = other; }\n")
        .append("    @Override public String toString() { return \"Cell\" + value + other; } }\n")
        .append("  private int secret(int a, Object b) { log.add(\"secret\" + a + b); hidden += a; return hidden; }\n")
        .append("  private static long twice(long a) { return total = a * 2; }\n")
        .append("  @Override protected int hook(int a, Object b, long c) { return super.hook(a, b, c) + 1; }\n")
        .append("  @Override public List<CoroutineBody<Object, Object, Object>> bodies() {\n")
        .append("    total = 0;\n    return List.of(");
    for (int i = 0; i < count; i++) {
      all.append(i == 0 ? "" : ", ").append("body").append(i).append("(1, 2L, \"cap\", 2.5)");
    }
    all.append(");\n  }\n");
    for (int i = 0; i < count; i++) {
      all.append("  CoroutineBody<Object, Object, Object> body").append(i)
          .append("(int ci, long cl, String cs, double cd) {\n    return y -> { // seed ").append(firstSeed + i).append('\n')
          .append(new FuzzStatements(new FuzzState(firstSeed + i)).body()).append("    };\n  }\n");
    }
    return all.append("}\n").toString();
  }
}
