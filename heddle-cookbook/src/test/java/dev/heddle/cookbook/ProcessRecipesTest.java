package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.flags.ServerProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void a24_sumsOnACluster_areTheSameThreeWays_andComeThoughANodeIsLost() throws Exception {
    String sums = "[5000050000, 500000500000, 50000005000000, 50000005000000]";

    assertThat(Output.of(new A24SumsOnACluster()).lines()).containsExactly(
        "threads    " + sums, "processes  " + sums, "cluster    " + sums, "a node is lost: " + sums);
  }

  /** What the notice says: one line differs. */
  @Test
  void a24_programs_differInOneLine() {
    List<String> opens = new A24SumsOnACluster().source().lines().filter(line -> line.contains("try (Executor pool ="))
        .toList();

    assertThat(opens).hasSize(3)
        .allMatch(line -> line.matches(" +try \\(Executor pool = (Thread|Process|Cluster)Pool\\.\\w+\\(3\\)\\) \\{"));
  }

  @Test
  void c29_divisors_areTheSameThreeWays() throws Exception {
    List<String> lines = Output.of(new C29GreatestCommonDivisors(absent -> OptionalDouble.empty())).lines();

    assertThat(lines).hasSize(4);
    assertThat(lines.subList(0, 3)).allMatch(line -> line.endsWith("[1, 1, 1, 1]"));
    assertThat(lines).element(2).asString().startsWith("processes");
    assertThat(lines.getLast()).contains("no python3 on the PATH");
    assertThat(C29GreatestCommonDivisors.gcd(new C29GreatestCommonDivisors.Numbers(84, 36))).isEqualTo(12);
  }

  @Test
  void c29_notice_namesThePageWithTheTenSteps() throws Exception {
    assertThat(Cookbook.find("C29").notice()).contains("ten steps: docs/processes.md");
    String page = Files.readString(Path.of("../docs/processes.md"));
    String section = page.substring(page.indexOf("## What happens to a task"), page.indexOf("## Many small tasks"));
    assertThat(section.lines().filter(line -> line.matches("\\d+\\. \\*\\*.*")).map(line -> line.replaceAll("\\..*", "")))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(section).contains("`heddle cookbook C29`");
  }

  @Test
  void c29_peer_isMeasuredInTheSameWays() throws Exception {
    List<String> scripts = new ArrayList<>();
    String text = Output.of(new C29GreatestCommonDivisors(script -> {
      scripts.add(script);
      return OptionalDouble.of(1);
    })).text();

    assertThat(scripts).hasSize(3);
    assertThat(scripts.get(0)).endsWith("    show(map)\n");
    assertThat(scripts.get(1)).endsWith("    with ThreadPoolExecutor(max_workers=4) as pool:\n        show(pool.map)\n");
    assertThat(scripts.get(2)).endsWith("    with ProcessPoolExecutor(max_workers=4) as pool:\n        show(pool.map)\n");
    assertThat(text).contains("CPython, one by one", "CPython, threads", "CPython, processes", " 1000.00 ms");
  }

  @Test
  void c30_factors_areTheSameEachWay() throws Exception {
    List<Integer> numbers = List.of(12, 7, 100);

    for (Way way : Way.values()) {
      assertThat(C30Factorize.find(way, numbers).factors())
          .as(way.toString())
          .isEqualTo(
              List.of(List.of(1, 2, 3, 4, 6, 12), List.of(1, 7), List.of(1, 2, 4, 5, 10, 20, 25, 50, 100)));
    }
    assertThat(Output.of(new C30Factorize(numbers, script -> OptionalDouble.of(1))).text())
        .contains("[6, 2, 9]", "threads", "processes", "the same factors", "CPython, threads")
        .doesNotContain("OTHER");
  }

  @Test
  void cPython_whereItIs_runsTheScripts() throws Exception {
    assumeTrue(CPython.seconds("print(1.5)").isPresent(), "there is no python3");
    for (Way way : Way.values()) {
      String divisors = C29GreatestCommonDivisors.inPython(way).replaceAll("numbers = .*", "numbers = [(84, 36)] * 4");
      assertThat(CPython.seconds(divisors)).as(divisors).isPresent();
      String factors = C30Factorize.inPython(way).replaceAll("numbers = .*", "numbers = [12, 7]");
      assertThat(CPython.seconds(factors)).as(factors).isPresent();
    }
  }

  @Test
  void e54_flagsByProcesses_areAllThere() throws Exception {
    String text = Output.of(new E54FlagsByProcesses(ServerProfile.of(ServerProfile.Label.LOCAL))).text();

    assertThat(text.lines().filter(line -> line.matches("([A-Z]{2} ){20}")))
        .hasSize(2)
        .allSatisfy(
            line -> assertThat(Arrays.asList(line.split(" "))).containsExactlyInAnyOrderElementsOf(FlagsRecipe.codes()));
    assertThat(text)
        .containsPattern("20 flags downloaded in \\d+\\.\\d\\ds by \\d+ processes")
        .containsPattern("20 flags downloaded in \\d+\\.\\d\\ds by 20 threads")
        .containsPattern("Threads were \\d+\\.\\d times as fast");
  }
}
