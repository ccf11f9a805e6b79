package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Two crawlers on one thread, which alternate after each page. */
final class A06CrawlersTakingTurns extends Recipe {
  A06CrawlersTakingTurns() {
    super(
        "Two crawlers take turns on one thread",
        """
            Each resumes where it was suspended, with all its variables, although the other one ran meanwhile.
            A queue of runnable generators is the core of every event loop.""");
  }

  /** Follows the links of a site, one page at a time. */
  static Generator<String> crawler(String site, int pages) {
    return Generator.of(y -> {
      int links = 0;
      for (int page = 1; page <= pages; page++) {
        links += page * site.length(); // the number of links, made up
        y.yield(site + ": page " + page + ", " + links + " links so far");
      }
    });
  }

  @Override
  public void run(PrintStream out) {
    Queue<Generator<String>> turns = new ArrayDeque<>(List.of(crawler("Naver", 3), crawler("Daum", 3)));
    while (!turns.isEmpty()) {
      Generator<String> crawler = turns.remove();
      if (crawler.hasNext()) {
        out.println(crawler.next());
        turns.add(crawler);
      }
    }
  }
}
