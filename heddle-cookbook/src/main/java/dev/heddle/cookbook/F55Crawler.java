package dev.heddle.cookbook;

import dev.heddle.cookbook.everyday.Crawler;
import dev.heddle.cookbook.everyday.CrawlerTwin;
import dev.heddle.cookbook.everyday.PracticeSite;
import dev.heddle.cookbook.everyday.Web;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Crawls a site of thirteen pages on this machine. */
final class F55Crawler extends EverydayRecipe {

  F55Crawler() {
    super(
        "A crawler: each page once, politely, and on after failures",
        """
            The Frontier takes links while the map over it is read. Every fourth page is busy at first and asked again.
            Requests that wait for their turn hold no thread. Page 7 does not exist.""",
        Crawler.class, CrawlerTwin.class);
  }

  @Override
  void runProgram(PrintStream out) throws Exception {
    Map<URI, String> titles = new TreeMap<>();
    Map<URI, String> failures = new TreeMap<>();
    try (PracticeSite site = PracticeSite.start(); Web web = new Web()) {
      Crawler.crawl(web, site.address("/pages/0"), titles, failures);
    }
    titles.forEach((page, title) -> out.println(page.getPath() + "  " + title));
    failures.forEach((page, failure) -> out.println(page.getPath() + "  " + failure));
  }
}
