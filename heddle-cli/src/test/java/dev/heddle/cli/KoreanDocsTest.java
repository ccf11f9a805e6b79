package dev.heddle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Korean documents show the code of the English ones, which DocsTest runs, and keep their structure. */
final class KoreanDocsTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]+)?\\)");

  @ParameterizedTest
  @CsvSource({"README.md, README.ko.md", "docs/tutorial.md, docs/ko/tutorial.md"})
  void code_isThatOfTheEnglishDocument(String english, String korean) throws IOException {
    assertThat(found(CODE, read(english))).hasSizeGreaterThan(5);
    assertThat(found(CODE, read(korean))).isEqualTo(found(CODE, read(english)));
  }

  /** A section, a row or a list item that only one of them has was forgotten in the other. */
  @ParameterizedTest
  @CsvSource({"README.md, README.ko.md", "docs/tutorial.md, docs/ko/tutorial.md"})
  void structure_isThatOfTheEnglishDocument(String english, String korean) throws IOException {
    assertThat(outline(korean)).isEqualTo(outline(english));
  }

  @ParameterizedTest
  @CsvSource({"README.md, README.ko.md", "docs/tutorial.md, docs/ko/tutorial.md"})
  void documents_linkToEachOther_andToFilesThatExist(String english, String korean) throws IOException {
    assertThat(targets(english)).startsWith(CHECKOUT.resolve(korean).normalize()).allMatch(Files::exists);
    assertThat(targets(korean)).startsWith(CHECKOUT.resolve(english).normalize()).allMatch(Files::exists);
  }

  /** The levels of headings, the rows of tables with their first cell, and the list items, in their order. */
  private static List<String> outline(String document) throws IOException {
    return CODE.matcher(read(document)).replaceAll("").lines()
        .filter(line -> line.matches("(#+|\\||-) .*"))
        .map(line -> line.split(" ")[0] + (line.startsWith("| `") ? line.split("\\|")[1] : ""))
        .toList();
  }

  private static List<Path> targets(String document) throws IOException {
    Path folder = CHECKOUT.resolve(document).resolveSibling(".");
    return LINK.matcher(CODE.matcher(read(document)).replaceAll("")).results()
        .map(link -> folder.resolve(link.group(1)).normalize()).toList();
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(MatchResult::group).toList();
  }

  private static String read(String document) throws IOException {
    return Files.readString(CHECKOUT.resolve(document));
  }
}
