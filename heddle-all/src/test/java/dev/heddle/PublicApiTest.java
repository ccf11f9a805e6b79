package dev.heddle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Compares each module's public API with the listing in the folder {@code api}, so that a change of the API is seen in review.
 * {@code -Dapi.update} writes the listings instead.
 */
class PublicApiTest {
  private static final Pattern TYPE = Pattern.compile("^[a-z].*?(?:class|interface|record|enum) (\\w[\\w.$]*)");
  private static final String UPDATE = "./mvnw -Pfast -pl heddle-all -am test -Dtest=PublicApiTest "
      + "-Dsurefire.failIfNoSpecifiedTests=false -Dapi.update";

  @Test
  void publicApi_isTheOneThatIsListed() throws IOException {
    Path folder = LibraryModules.checkout().resolve("api");
    boolean update = System.getProperty("api.update") != null;
    Set<Path> expected = new TreeSet<>();
    SoftAssertions softly = new SoftAssertions();
    for (var module : LibraryModules.all()) {
      String listing = ApiListing.of(module);
      if (listing.isEmpty()) {
        continue; // exports packages to our own modules alone
      }
      Path file = folder.resolve(module.descriptor().name() + ".txt");
      expected.add(file);
      if (update) {
        Files.createDirectories(folder);
        Files.writeString(file, listing);
      } else {
        String listed = Files.exists(file) ? Files.readString(file) : "";
        softly.assertThat(listing.equals(listed))
            .as("The public API differs from %s%n%s%nIf the change is intended, update the listing and commit it:%n  %s",
                file,
                difference(listed, listing), UPDATE)
            .isTrue();
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      Set<Path> obsolete = files.filter(file -> !expected.contains(file)).collect(Collectors.toCollection(TreeSet::new));
      if (update) {
        for (Path file : obsolete) {
          Files.delete(file);
        }
      } else {
        softly.assertThat(obsolete).as("Listings without a module; %s deletes them", UPDATE).isEmpty();
      }
    }
    softly.assertAll();
  }

  /** Names that several types of the API have, and that the type around them tells apart wherever they are used. */
  private static final Set<String> QUALIFIED = Set.of("Kind", "Inherit", "Cancelled");

  @Test
  void publicTypes_haveNamesOfTheirOwn() {
    Map<String, Set<String>> types = new TreeMap<>();
    for (var module : LibraryModules.all()) {
      for (String line : ApiListing.of(module).lines().toList()) {
        Matcher type = TYPE.matcher(line);
        if (type.find()) {
          String name = type.group(1);
          types.computeIfAbsent(name.replaceFirst(".*[.$]", ""), _ -> new TreeSet<>())
              .add(module.descriptor().name() + " " + name);
        }
      }
    }
    types.keySet().removeAll(QUALIFIED);
    types.values().removeIf(same -> same.size() == 1);
    assertThat(types).as("Types of one simple name, of which a file can import only one").isEmpty();
  }

  /** Returns the lines that only one of the two has, each after the name of the type it belongs to. */
  private static String difference(String listed, String found) {
    Set<String> before = qualifiedLines(listed);
    Set<String> after = qualifiedLines(found);
    return Stream.concat(before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line)).collect(Collectors.joining("\n"));
  }

  private static Set<String> qualifiedLines(String listing) {
    Set<String> lines = new LinkedHashSet<>();
    String type = "";
    for (String line : listing.lines().toList()) {
      if (line.startsWith("  ")) {
        lines.add(type + ":" + line);
      } else if (!line.isEmpty()) {
        type = line.replaceFirst(".*?(?:class|interface|record|enum) (\\w[\\w.$]*).*", "$1");
        lines.add(line);
      }
    }
    return lines;
  }
}
