package dev.heddle.benchmarks.generators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.iter.Generator;
import dev.heddle.iter.GeneratorEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the benchmarks do what they say; how long they take is not tested. */
final class GeneratorsAreaTest {
  @Test
  void generators_always_giveWhatTheirPeersGive() throws InterruptedException {
    Generators benchmark = new Generators();
    long sum = 499_500;
    assertThat(List.of(benchmark.pull(), benchmark.pullKotlin(), benchmark.pullKotlinSequence())).containsOnly(sum);
    assertThat(List.of(benchmark.sum(), benchmark.sumLoop())).containsOnly(sum);
    assertThat(List.of(benchmark.fallbackForPlatform(), benchmark.fallbackForVirtual())).containsOnly(sum);
    assertThat(List.of(benchmark.deep(), benchmark.shallow(), benchmark.deepKotlin())).containsOnly(sum);
    assertThat(benchmark.list()).isEqualTo(benchmark.listLoop()).hasSize(Generators.ELEMENTS);
  }

  @Test
  void sends_always_countWhatWasSentAndNextAsOne() {
    Sends benchmark = new Sends();
    benchmark.start();
    assertThat(benchmark.next()).as("1 + 2 + ... + 1000").isEqualTo(500_500);
    assertThat(benchmark.send()).as("1000 + 0, + 1, + ... + 999").isEqualTo(167_666_500);
  }

  @Test
  void firstUse_eachTime_compilesAClassOfItsOwn() throws Exception {
    FirstUse benchmark = new FirstUse();
    benchmark.define();
    Class<?> before = benchmark.body().getClass();
    benchmark.define();
    assertThat(benchmark.body().getClass()).isNotEqualTo(before);
    assertThat(Generator.engineOf(benchmark.body()).kind()).isEqualTo(GeneratorEngine.Kind.COMPILED);
    assertThat(benchmark.firstElement()).isZero();
  }
}
