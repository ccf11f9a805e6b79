package dev.heddle.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes the site: {@code SiteGenerator CHECKOUT FOLDER [--no-recipes]}; {@code .ci/site} starts it. */
public final class SiteGenerator {
  private SiteGenerator() {}

  /**
   * Makes the site of a checkout in a folder.
   *
   * @param runsRecipes whether the recipes are run, so that their pages have their output; that takes a minute or two
   * @return the recipes that have failed, with the reasons
   */
  public static List<String> write(Path checkout, Path folder, boolean runsRecipes) throws IOException {
    return Site.write(checkout, folder, runsRecipes);
  }

  static void main(String[] args) throws IOException {
    List<String> failures = write(Path.of(args[0]), Path.of(args[1]), args.length < 3);
    failures.forEach(failure -> System.err.println("site: the recipe failed: " + failure));
    System.out.println("The site is in " + args[1] + ": open " + Path.of(args[1]).resolve("index.html"));
    System.exit(failures.isEmpty() ? 0 : 1);
  }
}
