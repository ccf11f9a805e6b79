package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.Site;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The outcomes of the rows about worker processes, and of those that compare with them. */
@Timeout(120)
final class ProcessRecipesTest {

  @Test
  void a21_sumsByProcesses_comeInOrder() throws Exception {
    String sums = "Result -> [5000050000, 500000500000, 50000005000000, 50000005000000]";

    assertThat(Output.of(new A21SumsByProcesses()).text()).containsSubsequence(sums, "Took ", sums, "the second time");
  }

  @Test
  void c29_divisors_areTheSameThreeWays() throws Exception {
    String text = Output.of(new C29GreatestCommonDivisors(OptionalDouble::empty)).text();

    assertThat(text.split("\\[1, 1, 1, 1\\]", -1)).as(text).hasSize(4);
    assertThat(text).contains("threads", "processes", "no python3 on the PATH");
    assertThat(C29GreatestCommonDivisors.gcd(new C29GreatestCommonDivisors.Numbers(84, 36))).isEqualTo(12);
  }

  @Test
  void c30_factors_areTheSameBothWays() throws Exception {
    C30Factorize recipe = new C30Factorize(List.of(12, 7, 100), () -> OptionalDouble.of(1));

    assertThat(recipe.byThreads())
        .isEqualTo(recipe.oneByOne())
        .isEqualTo(List.of(List.of(1, 2, 3, 4, 6, 12), List.of(1, 7), List.of(1, 2, 4, 5, 10, 20, 25, 50, 100)));
    assertThat(Output.of(recipe).text()).contains("the same factors", "[6, 2, 9]", "CPython").doesNotContain("OTHER");
  }

  @Test
  void e54_flagsByProcesses_areAllThere() throws Exception {
    String text = Output.of(new E54FlagsByProcesses(Site.of(Site.Label.LOCAL))).text();

    assertThat(Arrays.asList(text.lines().findFirst().orElseThrow().split(" ")))
        .containsExactlyInAnyOrderElementsOf(FlagsRecipe.codes());
    assertThat(text).contains("20 flags downloaded in ");
  }
}
