package dev.heddle.cookbook;

import dev.heddle.iter.Generator;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Two crawlers on one thread: each does a page, then it is the other's turn. */
final class A06CrawlersTakingTurns extends Recipe {
  A06CrawlersTakingTurns() {
    super(
        "Two crawlers take turns on one thread",
        """
            Each goes on where it stopped, with all its variables, although the other one ran meanwhile.
            The queue of those whose turn comes next is the heart of every event loop.""");
  }

  /** Follows the links of a site, one page at a time. */
  static Generator<String> crawler(String site, int pages) {
    return Generator.of(y -> {
      int links = 0;
      for (int page = 1; page <= pages; page++) {
        links += page * site.length(); // whatever there is to be found
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
