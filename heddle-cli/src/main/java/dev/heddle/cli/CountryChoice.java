package dev.heddle.cli;

import dev.heddle.flags.Countries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The countries that a command is to work on: what it takes of the command line, and what is meant by it. */
final class CountryChoice {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "CC", arity = "0..*", description = "Country codes of two letters, or single letters for all codes that begin with them.")
  private List<String> countries = new ArrayList<>();

  @Option(names = {"-a", "--all"}, description = "Every flag there is.")
  private boolean all;

  @Option(names = {"-e", "--every"}, description = "Try every code from AA to ZZ; most do not exist.")
  private boolean every;

  @Option(names = {"-l", "--limit"}, paramLabel = "N", description = "Only the first N of the codes, in their order.")
  private @Nullable Integer limit;

  /** The codes asked for; without any those of the 20 most populous countries. */
  List<String> codes() {
    if ((all ? 1 : 0) + (every ? 1 : 0) + (countries.isEmpty() ? 0 : 1) > 1) {
      throw Usage.wrong(spec, "only one of country codes, --all and --every can be asked for at once");
    }
    if (limit != null && limit < 1) {
      throw Usage.wrong(spec, "--limit must be at least 1, but was " + limit + "; leave it out to take them all");
    }
    List<String> codes;
    if (all) {
      codes = Countries.known();
    } else if (every) {
      codes = Countries.everyPair();
    } else if (countries.isEmpty()) {
      codes = Countries.POP20.stream().sorted().toList();
    } else {
      codes = Usage.checked(spec, "CC", countries, Countries::expand);
    }
    return limit == null || limit >= codes.size() ? codes : codes.subList(0, limit);
  }
}
