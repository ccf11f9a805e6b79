package dev.heddle.cookbook;

import dev.heddle.flags.FlagClient;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.Executor;
import dev.heddle.futures.Future;
import dev.heddle.futures.Futures;
import dev.heddle.futures.ThreadPool;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Five flags on three workers, each future shown when it is made and when it is done. */
final class E52FlagsAsCompleted extends FlagsRecipe {
  E52FlagsAsCompleted() {
    this(ServerProfile.of(ServerProfile.Label.DELAY));
  }

  E52FlagsAsCompleted(ServerProfile site) {
    super(
        site,
        "Download five flags on three workers, as they complete",
        """
            Three futures run at once, and two are pending until a worker is free.
            They are returned in the order of completion, not of the alphabet.""");
  }

  @Override
  int downloadMany(FlagClient client, PrintStream out) {
    try (Executor executor = ThreadPool.of(3)) {
      List<Future<String>> toDo = new ArrayList<>();
      for (String code : codes().subList(0, 5)) {
        Future<String> future = executor.submit(() -> downloadOne(client, code, out));
        toDo.add(future);
        out.println("Scheduled for " + code + ": " + future);
      }
      List<String> results = new ArrayList<>();
      for (Future<String> future : Futures.asCompleted(toDo)) {
        String result = future.result();
        out.println(future + " result: '" + result + "'");
        results.add(result);
      }
      return results.size();
    }
  }
}
