package dev.heddle.iter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recipes of Python's documentation by the examples given there. */
@Timeout(60)
class NumberRecipesTest {

  @Test
  void sources() {
    assertThat(Recipes.prepend(1, List.of(2, 3)).toList()).containsExactly(1, 2, 3);
    assertThat(Recipes.tabulate(n -> n * n, -2).limit(4).toList()).containsExactly(4, 1, 0, 1);
    AtomicInteger calls = new AtomicInteger();
    assertThat(Recipes.repeatFunc(calls::incrementAndGet, 3).toList()).containsExactly(1, 2, 3);
    assertThat(Recipes.repeatFunc(calls::incrementAndGet).limit(2).toList()).containsExactly(4, 5);
    assertThat(Recipes.flatten(List.of(List.of(0, 1), List.of(2, 3))).toList()).containsExactly(0, 1, 2, 3);
    assertThat(Recipes.nCycles(List.of("a", "b"), 2).toList()).containsExactly("a", "b", "a", "b");
    assertThat(Recipes.nCycles(List.of("a"), 0).toList()).isEmpty();
    assertThat(Recipes.transpose(List.of(List.of(1, 2, 3), List.of(11, 22, 33))).toList())
        .hasToString("[[1, 11], [2, 22], [3, 33]]");
    assertThat(Recipes.reshape(List.of(List.of(0, 1), List.of(2, 3), List.of(4, 5)), 3).toList())
        .hasToString("[[0, 1, 2], [3, 4, 5]]");
  }

  @Test
  void partsAndPlaces() {
    assertThat(Recipes.quantify(List.of(true, false, false, true), b -> b)).isEqualTo(2);
    assertThat(Recipes.firstTrue(List.of(0, 4, 5), -1, n -> n > 3)).isEqualTo(4);
    assertThat(Recipes.firstTrue(List.of(0), -1, n -> n > 3)).isEqualTo(-1);
    assertThat(Recipes.unique(List.of(3, 1, 2, 3, 1)).toList()).containsExactly(1, 2, 3);
    assertThat(Recipes.subslices(Iter.ofCharacters("ABCD")).map(s -> String.join("", s)).joining(" "))
        .isEqualTo("A AB ABC ABCD B BC BCD C CD D");
    assertThat(Recipes.iterIndex(Iter.ofCharacters("AABCADEAF"), "A").toList()).containsExactly(0L, 1L, 4L, 7L);
    Iter<String> it = Iter.ofCharacters("ABCdEfGhI");
    Pair<Iter<String>, Iter<String>> sides = Recipes.beforeAndAfter(s -> Character.isUpperCase(s.charAt(0)), it);
    assertThat(sides.second().joining("")).isEqualTo("dEfGhI");
    assertThat(sides.first().joining("")).isEqualTo("ABC");
  }

  @Test
  void nthCombination_isThatOfCombinations() {
    for (int n = 0; n < 7; n++) {
      for (int r = 0; r <= n; r++) {
        List<List<Integer>> all = Itertools.combinations(Itertools.range(n), r).toList();
        for (int i = 0; i < all.size(); i++) {
          assertThat(Recipes.nthCombination(Itertools.range(n), r, i)).isEqualTo(all.get(i));
        }
        int r1 = r;
        int n1 = n;
        assertThatThrownBy(() -> Recipes.nthCombination(Itertools.range(n1), r1, all.size()))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
    assertThat(Recipes.nthCombination(Itertools.range(60), 30, 118_264_581_564_861_423L)).containsExactlyElementsOf(
        Itertools.range(30, 60));
    assertThatThrownBy(() -> Recipes.nthCombination(Itertools.range(200), 100, 0)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void vectors() {
    assertThat(NumberRecipes.sumProd(List.of(1, 2), List.of(3, 4.5))).isEqualTo(12);
    assertThatThrownBy(() -> NumberRecipes.sumProd(List.of(1), List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThat(NumberRecipes.sumOfSquares(List.of(10, 20, 30))).isEqualTo(1400);
    assertThat(NumberRecipes.runningMean(List.of(8.5, 9.5, 7.5, 6.5)).toList()).containsExactly(8.5, 9.0, 8.5, 8.0);
    assertThat(NumberRecipes.runningMedian(List.of(4, 6, 8, 1, 9)).toList()).containsExactly(4.0, 5.0, 6.0, 5.0, 6.0);
  }

  @Test
  void polynomials() {
    assertThat(NumberRecipes.polynomialFromRoots(5, -4, 3)).containsExactly(1, -4, -17, 60);
    assertThat(NumberRecipes.polynomialEval(new double[]{1, -4, -17, 60}, 5)).isZero();
    assertThat(NumberRecipes.polynomialEval(new double[0], 5)).isZero();
    assertThat(NumberRecipes.polynomialDerivative(1, -4, -17, 60)).containsExactly(3, -8, -17);
    assertThat(NumberRecipes.polynomialDerivative()).isEmpty();
  }

  @Test
  void primes() {
    assertThat(NumberRecipes.sieve(30).toList()).containsExactly(2, 3, 5, 7, 11, 13, 17, 19, 23, 29);
    for (int limit = 0; limit < 200; limit++) {
      List<Integer> expected = new ArrayList<>();
      for (int n = 0; n < limit; n++) {
        if (NumberRecipes.isPrime(n)) {
          expected.add(n);
        }
      }
      assertThat(NumberRecipes.sieve(limit).toList()).isEqualTo(expected);
    }
    assertThat(NumberRecipes.factor(99_989L * 99_991).toList()).containsExactly(99_989L, 99_991L);
    assertThat(NumberRecipes.factor(360).toList()).containsExactly(2L, 2L, 2L, 3L, 3L, 5L);
    assertThat(NumberRecipes.factor(1).first()).isEqualTo(Optional.empty());
    assertThat(NumberRecipes.factor(Long.MAX_VALUE).toList()).containsExactly(7L, 7L, 73L, 127L, 337L, 92737L, 649657L);
    assertThat(NumberRecipes.isPrime(Long.MIN_VALUE)).isFalse();
    assertThat(NumberRecipes.isPrime((1L << 61) - 1)).isTrue();
    assertThat(NumberRecipes.totient(12)).isEqualTo(4);
    assertThat(NumberRecipes.totient(1)).isEqualTo(1);
    assertThat(NumberRecipes.multinomial(5, 2, 2, 1, 1)).isEqualTo(BigInteger.valueOf(83_160));
  }
}
