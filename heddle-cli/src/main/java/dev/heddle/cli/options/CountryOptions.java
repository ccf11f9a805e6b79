package dev.heddle.cli.options;

import dev.heddle.cli.errors.OptionCheck;
import dev.heddle.flags.Countries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The arguments and options that select countries, shared by {@code flags} and {@code images}. */
public final class CountryOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(paramLabel = "CC", arity = "0..*", description = "Country codes of two letters, or single letters for all codes that begin with them.")
  private List<String> countries = new ArrayList<>();

  @Option(names = {"-a", "--all"}, description = "All countries.")
  private boolean all;

  @Option(names = {"-e", "--every"}, description = "Try all codes from AA to ZZ; most do not exist.")
  private boolean every;

  @Option(names = {"-l", "--limit"}, paramLabel = "N", description = "Only the first N of the codes.")
  private @Nullable Integer limit;

  /** Returns the selected codes; by default those of the 20 most populous countries. */
  public List<String> codes() {
    if ((all ? 1 : 0) + (every ? 1 : 0) + (countries.isEmpty() ? 0 : 1) > 1) {
      throw OptionCheck.wrong(spec, "country codes, --all and --every exclude each other; give only one of them");
    }
    if (limit != null && limit < 1) {
      throw OptionCheck.wrong(spec, "--limit must be at least 1, but was " + limit + "; omit it for all codes");
    }
    List<String> codes;
    if (all) {
      codes = Countries.known();
    } else if (every) {
      codes = Countries.everyPair();
    } else if (countries.isEmpty()) {
      codes = Countries.POP20.stream().sorted().toList();
    } else {
      codes = OptionCheck.checked(spec, "CC", countries, Countries::expand);
    }
    return limit == null || limit >= codes.size() ? codes : codes.subList(0, limit);
  }
}
