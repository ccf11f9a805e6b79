package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of docs/security.md names a test, and the tests exist. */
final class SecurityPromisesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`(\\w+Test)`");

  private static Set<String> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      Set<String> found = new TreeSet<>();
      for (Path module : modules.filter(each -> Files.isDirectory(each.resolve("src/test/java"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
          found.addAll(files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith("Test.java"))
              .map(name -> name.substring(0, name.length() - ".java".length())).collect(Collectors.toSet()));
        }
      }
      return found;
    }
  }

  @Test
  void promises_nameTestsThatExist() throws IOException {
    Set<String> tests = tests();
    int promises = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| promise")) {
        promises++;
        Set<String> named = NAME.matcher(line).results().map(name -> name.group(1)).collect(Collectors.toSet());
        assertThat(named).as("tests of: %s", line).isNotEmpty();
        assertThat(tests).as("tests of: %s", line).containsAll(named);
      }
    }
    assertThat(promises).isGreaterThan(15);
  }
}
