package dev.heddle.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.benchmarks.measure.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchReportTest {
  private static final List<Figure> ROWS = List.of(
      new Figure("futures", "submit \"and\" result", 1234.5, 1000, "j.u.c. pool", "ns/op", 1.2345,
          List.of(1.5, 1.25, 1.0)),
      new Figure("cookbook", "A20", 0.01, Double.NaN, "python3", "s", Double.POSITIVE_INFINITY));

  @Test
  void table_always_hasColumnsAsWideAsTheirWidestCell() {
    assertThat(BenchReport.table(ROWS))
        .containsExactly(
            "area      case                  heddle   peer  peer's name  unit   ratio",
            "futures   submit \"and\" result    1,235  1,000  j.u.c. pool  ns/op  1.23×",
            "cookbook  A20                  0.01000      -  python3      s          -");
  }

  @Test
  void json_always_hasTheFactsAndOneObjectForEachRow() {
    assertThat(BenchReport.json(ROWS, Map.of("machine", "Linux")))
        .isEqualTo(
            """
                {
                  "facts":{
                    "machine":"Linux"
                  },
                  "figures":[{
                    "area":"futures",
                    "case":"submit \\"and\\" result",
                    "heddle":1234.5,
                    "peer":1000.0,
                    "peerName":"j.u.c. pool",
                    "unit":"ns/op",
                    "ratio":1.2345,
                    "firstQuartile":1.125,
                    "thirdQuartile":1.375,
                    "ratios":[1.0,1.25,1.5]
                  },{
                    "area":"cookbook",
                    "case":"A20",
                    "heddle":0.01,
                    "peer":null,
                    "peerName":"python3",
                    "unit":"s",
                    "ratio":null,
                    "firstQuartile":null,
                    "thirdQuartile":null,
                    "ratios":[]
                  }]
                }
                """);
  }

  @Test
  void json_ofNothing_hasNoFigures() {
    assertThat(BenchReport.json(List.of(), Map.of())).contains("\"figures\":[]");
  }
}
