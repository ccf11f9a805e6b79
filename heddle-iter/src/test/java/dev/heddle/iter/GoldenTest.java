package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every function against what CPython's itertools and more-itertools made of the same arguments (see golden.py). */
class GoldenTest {

  private record Case(int line, String name, List<Object> args, Object expected) {

    void check() {
      assertThat(Golden.run(name, args)).as("line %d: %s%s", line, name, args).isEqualTo(expected);
    }
  }

  private static List<Case> cases() throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("golden.tsv")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      return Itertools.enumerate(lines, 1)
          .filterFalse(line -> line.value().startsWith("#"))
          .map(
              line -> {
                String[] parts = line.value().split("\t");
                return new Case(
                    (int) line.index(), parts[0], Golden.cast(Json.parse(parts[1])), Golden.cast(Json.parse(parts[2])));
              })
          .toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachFunction_asInCPython() throws IOException {
    Map<String, List<Case>> byName = cases().stream().collect(Collectors.groupingBy(Case::name));
    return byName.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> e.getValue().forEach(Case::check)));
  }

  @Test
  void goldenData_isComplete() throws IOException {
    assertThat(cases()).hasSizeGreaterThan(2500);
  }
}
