package dev.heddle.cookbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.cookbook.everyday.ApiClient;
import dev.heddle.cookbook.everyday.ApiClientTwin;
import dev.heddle.cookbook.everyday.Crawler;
import dev.heddle.cookbook.everyday.CrawlerTwin;
import dev.heddle.cookbook.everyday.LegacyReports;
import dev.heddle.cookbook.everyday.LegacyReportsTwin;
import dev.heddle.cookbook.everyday.LogCount;
import dev.heddle.cookbook.everyday.LogCountTwin;
import dev.heddle.cookbook.everyday.LogFiles;
import dev.heddle.cookbook.everyday.NightlyJob;
import dev.heddle.cookbook.everyday.NightlyJobTwin;
import dev.heddle.cookbook.everyday.PracticeSite;
import dev.heddle.cookbook.everyday.Warehouse;
import dev.heddle.cookbook.everyday.Web;
import dev.heddle.futures.WaitTimeoutException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The five programs do what their twins do, in at most half the lines. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EverydayTest {

  @Test
  void programs_all_haveAtMostHalfTheLinesOfTheirTwins() {
    List<EverydayRecipe> recipes = Cookbook.recipes().stream()
        .filter(EverydayRecipe.class::isInstance)
        .map(EverydayRecipe.class::cast)
        .toList();
    assertThat(recipes).hasSize(5)
        .allSatisfy(each -> assertThat(2 * each.lines()).as(each.title()).isLessThanOrEqualTo(each.linesOfTwin()))
        .allSatisfy(each -> assertThat(each.source()).contains("import java.util.concurrent", "import dev.heddle.futures"));
  }

  @Test
  void guide_ofTheFutures_hasTheNumbersOfLines() throws IOException {
    String guide = Files.readString(Path.of("../docs/futures.md"));
    for (Recipe each : Cookbook.recipes()) {
      if (each instanceof EverydayRecipe program) {
        assertThat(guide).containsPattern(
            "(?m)^\\| " + program.id() + " \\|.*\\| " + program.lines() + " \\| " + program.linesOfTwin() + " \\|$");
      }
    }
  }

  @Test
  void lines_ofAProgram_areThoseOfItsCode() {
    assertThat(new F57LegacyReports().lines()).isEqualTo(12); // of its 25: without imports, comments and empty lines
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void crawler_ofASite_hasEachPageOnceAndTheFailures(boolean twin) throws Exception {
    Map<URI, String> titles = new TreeMap<>();
    Map<URI, String> failures = new TreeMap<>();
    try (PracticeSite site = PracticeSite.start(); Web web = new Web()) {
      URI start = site.address("/pages/0");
      if (twin) {
        CrawlerTwin.crawl(web, start, titles, failures);
      } else {
        Crawler.crawl(web, start, titles, failures);
      }
      assertThat(titles).hasSize(12).containsEntry(start, "Page 0").containsEntry(site.address("/pages/12"), "Page 12");
      assertThat(failures).containsOnly(Map.entry(site.address("/pages/7"), "java.io.IOException: status 404"));
      assertThat(site.busiest()).isBetween(1, 2);
      assertThat(site.requests("/pages/3")).isEqualTo(2);
      assertThat(site.requests("/pages/4")).isEqualTo(1);
      assertThat(site.requests("/pages/7")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logCount_ofAFolder_addsUpAndNamesTheUnreadable(boolean twin, @TempDir Path folder) throws Exception {
    LogFiles.write(folder);
    Map<String, Long> levels = new TreeMap<>();
    Map<Path, String> failures = new TreeMap<>();
    if (twin) {
      LogCountTwin.count(folder, levels, failures);
    } else {
      LogCount.count(folder, levels, failures);
    }
    assertThat(levels).containsOnly(Map.entry("ERROR", 917L), Map.entry("INFO", 3_083L));
    assertThat(failures).containsOnlyKeys(folder.resolve("broken.log"));
    assertThat(failures.values()).allMatch(each -> each.contains("MalformedInputException"));
  }

  @Test
  void legacyReports_someOrdersCrashOrHang_othersAreRendered() throws Exception {
    List<String> orders = List.of("tea", "", "milk", "stuck", "rice");
    List<String> expected = List.of("T.E.A.", "crashed", "M.I.L.K.", "took too long", "R.I.C.E.");
    assertThat(LegacyReports.render(orders, Duration.ofSeconds(5))).isEqualTo(expected);
    assertThat(LegacyReportsTwin.render(orders, Duration.ofSeconds(5))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void apiClient_ofTwelveAccounts_hasALineForEachInOrder(boolean twin) throws Exception {
    try (PracticeSite site = PracticeSite.start(); Web web = new Web()) {
      List<URI> accounts = IntStream.range(0, 12).mapToObj(each -> site.address("/accounts/" + each)).toList();
      List<String> lines = twin ? ApiClientTwin.balances(web, accounts) : ApiClient.balances(web, accounts);
      assertThat(lines).hasSize(12).startsWith("/accounts/0: 0", "/accounts/1: 100").endsWith("/accounts/11: 1100");
      assertThat(lines.get(7)).isEqualTo("/accounts/7: java.io.IOException: status 404");
      assertThat(site.requests("/accounts/3")).isEqualTo(2);
      assertThat(site.busiest()).isBetween(1, 4);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nightlyJob_allTablesWork_isArchived(boolean twin, @TempDir Path folder) throws Exception {
    Path archive = run(twin, new Warehouse(List.of("orders", "items")), folder, Duration.ofMinutes(3));
    assertThat(archive).hasContent("orders,1\nitems,1\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nightlyJob_oneTableFails_stopsTheOthersAndTellsWhy(boolean twin, @TempDir Path folder) {
    Warehouse warehouse = new Warehouse(List.of("stuck", "locked", "orders"));
    assertThatThrownBy(() -> run(twin, warehouse, folder, Duration.ofMinutes(3)))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("table locked");
    assertThat(warehouse.running()).isZero();
    assertThat(Files.exists(folder.resolve("archive.csv"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nightlyJob_oneTableIsStuck_endsInTime(boolean twin, @TempDir Path folder) {
    Warehouse warehouse = new Warehouse(List.of("orders", "stuck"));
    assertThatThrownBy(() -> run(twin, warehouse, folder, Duration.ofMillis(200)))
        .isInstanceOfAny(WaitTimeoutException.class, TimeoutException.class);
    assertThat(warehouse.running()).isZero();
  }

  private static Path run(boolean twin, Warehouse warehouse, Path folder, Duration longest) throws Exception {
    return twin
        ? NightlyJobTwin.run(warehouse, folder, longest)
        : NightlyJob.run(warehouse, folder, longest);
  }

  @Test
  void recipes_run_printTheirResults() throws Exception {
    assertThat(Output.of(new F55Crawler()).lines())
        .contains("/pages/0  Page 0", "/pages/7  java.io.IOException: status 404")
        .last().asString().matches("\\d+ lines of code; with java.util.concurrent alone \\d+");
    assertThat(Output.of(new F56LogCount()).lines()).startsWith("ERROR  917", "INFO  3083");
    assertThat(Output.of(new F57LegacyReports(Duration.ofSeconds(10))).lines()).startsWith("T.E.A.", "crashed", "M.I.L.K.");
    assertThat(Output.of(new F58ApiClient()).lines()).startsWith("/accounts/0: 0");
    assertThat(Output.of(new F59NightlyJob()).lines())
        .startsWith("orders,1", "items,1", "java.io.IOException: table locked; running: 0");
  }
}
