package dev.heddle.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the site: {@code SiteGenerator CHECKOUT FOLDER [--no-recipes]}; {@code .ci/site} starts it. */
final class SiteGenerator {
  private SiteGenerator() {}

  static void main(String[] args) throws IOException {
    List<String> failures = Site.write(Path.of(args[0]), Path.of(args[1]), args.length < 3);
    failures.forEach(failure -> System.err.println("site: the recipe failed: " + failure));
    System.out.println("The site is in " + args[1] + ": open " + Path.of(args[1]).resolve("index.html"));
    System.exit(failures.isEmpty() ? 0 : 1);
  }
}
