package dev.heddle.cookbook;

import dev.heddle.cookbook.everyday.ApiClient;
import dev.heddle.cookbook.everyday.ApiClientTwin;
import dev.heddle.cookbook.everyday.PracticeSite;
import dev.heddle.cookbook.everyday.Web;
import java.io.PrintStream;
import java.util.stream.IntStream;

/** Asks an API on this machine about twelve accounts. */
final class F58ApiClient extends EverydayRecipe {

  F58ApiClient() {
    super(
        "An API client: rate, Retry-After, deadline, budget",
        """
            Four requests at once, 100 per second. A server that is busy says when it may be asked again.
            The lines are in the order of the accounts; account 7 does not exist.""",
        ApiClient.class, ApiClientTwin.class);
  }

  @Override
  void runProgram(PrintStream out) throws Exception {
    try (PracticeSite site = PracticeSite.start(); Web web = new Web()) {
      ApiClient.balances(web, IntStream.range(0, 12).mapToObj(each -> site.address("/accounts/" + each)).toList())
          .forEach(out::println);
    }
  }
}
