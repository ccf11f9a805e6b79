package dev.heddle.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The site as it is made from this checkout, without running the recipes. */
@Timeout(120)
final class SiteTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
  private static final Pattern ID = Pattern.compile("\\bid=\"([^\"]+)\"");

  @TempDir
  private static Path site;

  @BeforeAll
  static void make() throws IOException {
    assertThat(Site.write(Path.of(".."), site, false)).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).toList();
    }
  }

  @Test
  void pages_areThoseOfDocsAndOfTheCookbook() throws IOException {
    List<String> paths = pages().stream().map(page -> site.relativize(page).toString()).toList();
    assertThat(paths)
        .contains("index.html", "docs/tutorial.html", "docs/adr/index.html", "docs/ko/tutorial.html", "recipes/D24.html",
            "recipes/index.html", "CHANGELOG.html")
        .hasSizeGreaterThan(90);
    assertThat(Files.readString(site.resolve("recipes/D24.html"))).contains("wait_on_a", "ThreadPoolExecutor",
        "<span class=\"keyword\">final</span> <span class=\"keyword\">class</span> D24WaitingForEachOther");
  }

  @Test
  void menu_hasEachDocumentOnce() throws IOException {
    assertThat(Resources.text("menu.txt").lines().filter(line -> line.endsWith(".md"))).doesNotHaveDuplicates();
    assertThat(new Sources(Path.of("..")).documents()).doesNotContainValue("More");
  }

  /** Each link leads to a file of the site, and each fragment to an element of it. */
  @Test
  void links_leadToPagesAndHeadingsThatExist() throws IOException {
    Map<Path, Set<String>> ids = new HashMap<>();
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (var match : LINK.matcher(Files.readString(page)).results().toList()) {
        URI link = URI.create(match.group(1));
        if (link.getScheme() == null) {
          Path target = link.getPath().isEmpty() ? page : page.resolveSibling(link.getPath()).normalize();
          String fragment = link.getFragment();
          if (!Files.exists(target)
              || (fragment != null && !ids.computeIfAbsent(target, SiteTest::idsOf).contains(fragment))) {
            broken.add(site.relativize(page) + ": " + link);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static Set<String> idsOf(Path page) {
    try {
      return new HashSet<>(ID.matcher(Files.readString(page)).results().map(match -> match.group(1)).toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void search_hasTheTextOfEachPage() throws IOException {
    String index = Files.readString(site.resolve("search-index.js"));
    assertThat(index.lines().filter(line -> line.startsWith("{"))).hasSameSizeAs(pages());
    assertThat(index).contains("deadlock", "\"path\":\"docs/queues.html\"").doesNotContain("<", "{{");
  }

  @Test
  void frames_areFilledIn() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page)).as(page.toString()).doesNotContain("{{language}}", "{{root}}", "{{menu}}",
          "{{content}}");
    }
  }

  @Test
  void quoted_text_cannotEndTheScript() {
    assertThat(Site.quoted("</script>\"\\\n")).isEqualTo("\"\\u003c/script>\\u0022\\u005c\\u000a\"");
  }

  @Test
  void colours_markCommentsTextsAndWords_andKeepTheCode() {
    assertThat(Colours.html("java", "int n = 1; // <a>")).isEqualTo("<span class=\"keyword\">int</span> n = "
        + "<span class=\"number\">1</span>; <span class=\"comment\">// &lt;a&gt;</span>");
    assertThat(Colours.html("text", "a < b")).isEqualTo("a &lt; b");
  }

  @Test
  void linksToFilesWithoutAPage_areTheirText() {
    Markdown markdown = new Markdown(Set.of("docs/a.md", "README.md"));
    assertThat(markdown.page("g", "docs/a.md", "# T\n\n[one](../README.md#x) [two](../api) [three](a.md) [web](https://x.y)")
        .html())
        .contains("<a href=\"../index.html#x\">one</a> two <a href=\"a.html\">three</a> <a href=\"https://x.y\">web</a>");
  }
}
