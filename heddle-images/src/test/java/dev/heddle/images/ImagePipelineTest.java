package dev.heddle.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.flags.Countries;
import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.futures.Retry;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ImagePipelineTest {
  private final Uploads uploads = new Uploads();
  private FlagServer server;
  private ImageClient client;

  @BeforeEach
  void start() throws IOException {
    server = FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    server.handle(Uploads.PATH, uploads);
    client = new ImageClient(server.base(), server.uri(Uploads.PATH), Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static ImageOptions options(boolean ordered) {
    return new ImageOptions(2, 4, List.of(64, 16), ordered, Retry.NEVER);
  }

  @Test
  void ordered_uploadsEverySizeOfEveryFlag_inTheOrderOfTheCodes() {
    List<String> names = new ArrayList<>();

    PipelineReport report = ImagePipeline.of(Countries.POP20, client, options(true))
        .to(picture -> names.add(picture.fileName())).run();

    List<String> expected = new ArrayList<>();
    for (String code : Countries.POP20) {
      expected.add(code.toLowerCase(java.util.Locale.ROOT) + "-64.png");
      expected.add(code.toLowerCase(java.util.Locale.ROOT) + "-16.png");
    }
    assertThat(names).isEqualTo(expected);
    assertThat(uploads.sizes()).containsOnlyKeys(expected);
    assertThat(report.outcome()).isEqualTo(PipelineReport.Completion.COMPLETED);
    assertThat(report.failed()).isZero();
  }

  @Test
  void unordered_uploadsTheSame() {
    ImagePipeline.of(Countries.POP20, client, options(false)).to(_ -> {}).run();

    assertThat(uploads.sizes()).hasSize(40);
  }

  @Test
  void countryThatDoesNotExist_isLeftOutAndReported() {
    PipelineReport report = ImagePipeline.of(List.of("BR", "ZZ", "FR"), client, options(true))
        .with(PipelineOptions.defaults().withFailures(FailurePolicy.collect()))
        .to(_ -> {})
        .run();

    assertThat(uploads.sizes()).containsOnlyKeys("br-16.png", "br-64.png", "fr-16.png", "fr-64.png");
    assertThat(report.failures()).singleElement().satisfies(failed -> {
      assertThat(failed.stage()).isEqualTo("download");
      assertThat(failed.item()).isEqualTo("ZZ");
      assertThat(failed.cause()).isInstanceOf(ImagesException.Transfer.class);
    });
  }

  @Test
  void wrongOptions_areRefused() {
    assertThatThrownBy(() -> new ImageOptions(0, 1, List.of(1), true, Retry.NEVER)).hasMessageContaining("workers must be");
    assertThatThrownBy(() -> new ImageOptions(1, 0, List.of(1), true, Retry.NEVER)).hasMessageContaining("connections must");
    assertThatThrownBy(() -> new ImageOptions(1, 1, List.of(), true, Retry.NEVER)).hasMessageContaining("one or more");
    assertThatThrownBy(() -> new ImageOptions(1, 1, List.of(5, 5), true, Retry.NEVER))
        .hasMessageContaining("without duplicates");
    assertThatThrownBy(() -> new ImageOptions(1, 1, List.of(9999), true, Retry.NEVER)).hasMessageContaining("was 9999");
  }
}
