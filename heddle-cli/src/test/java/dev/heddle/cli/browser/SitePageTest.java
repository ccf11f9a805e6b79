package dev.heddle.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.site.SiteGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The documentation site in a real browser; its links are checked by SiteTest. */
@Timeout(300)
class SitePageTest {
  /** One of each kind: the first page, programs, wide tables, pictures, another language, a recipe. */
  private static final List<String> KINDS = List.of(
      "index.html", "docs/tutorial.html", "docs/from-python.html", "docs/pictures.html", "docs/ko/tutorial.html",
      "recipes/D24.html", "recipes/index.html");

  @TempDir
  private static Path folder;

  private static Path site;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(folder.resolve("profile"));
    site = folder.resolve("site");
    assertThat(SiteGenerator.write(Path.of(".."), site, false)).isEmpty();
  }

  @AfterAll
  static void end() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  private static void open(String page) {
    browser.open(site.resolve(page), "document.readyState === 'complete' && document.getElementById('content')");
  }

  @Test
  void pages_fitPhoneAndDesktop_inBothSchemes_withoutViolations() throws IOException {
    for (String page : KINDS) {
      open(page);
      assertThat(browser.problems()).as(page).isEmpty();
      browser.evaluate(Axe.script());
      for (int width : new int[]{390, 1280}) {
        browser.size(width, 844, width == 390);
        for (String scheme : List.of("light", "dark")) {
          browser.scheme(scheme);
          String at = page + " at " + width + ", " + scheme;
          assertThat(browser.number("document.documentElement.scrollWidth")).as(at).isLessThanOrEqualTo(width);
          assertThat(Axe.violations(browser)).as(at).isEmpty();
        }
      }
    }
  }

  @Test
  void everyPage_fitsAPhone() throws IOException {
    browser.size(390, 844, true);
    List<String> wide = new ArrayList<>();
    try (Stream<Path> files = Files.walk(site)) {
      for (Path page : files.filter(file -> file.toString().endsWith(".html")).sorted().toList()) {
        String name = site.relativize(page).toString();
        open(name);
        if (browser.number("document.documentElement.scrollWidth") > 390) {
          wide.add(name);
        }
      }
    }
    assertThat(wide).isEmpty();
  }

  @Test
  void search_findsPages_andEnterOpensTheFirst() {
    browser.size(1280, 900, false);
    open("docs/adr/index.html");
    browser.key("/");
    for (String letter : "generator".split("")) {
      browser.key(letter);
    }
    browser.await("document.querySelectorAll('#results a').length > 2");
    String first = browser.text("document.querySelector('#results a').href");
    assertThat(first).startsWith(site.toUri().toString());
    browser.evaluate("document.querySelector('#results a').click()");
    browser.await("location.href === '" + first + "'");
    browser.await("document.body.textContent.toLowerCase().includes('generator')");
  }
}
