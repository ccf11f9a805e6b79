package dev.heddle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Compares each module's public API with the listing in the folder {@code api}, so that a change of the API is seen in review.
 * {@code -Dapi.update} writes the listings instead.
 */
class PublicApiTest {
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
