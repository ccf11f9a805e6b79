package dev.heddle.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.flags.FlagServer;
import dev.heddle.flags.ServerProfile;
import dev.heddle.flags.TransferLimits;
import dev.heddle.futures.Retry;
import dev.heddle.queue.FailurePolicy;
import dev.heddle.queue.PipelineOptions;
import dev.heddle.queue.PipelineReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents that take endless time or memory to render, or read what is not theirs: each costs its own picture only. */
@Timeout(120)
final class HostileSvgTest {
  private static final String HEAD = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'"
      + " width='64' height='48' viewBox='0 0 64 48'>";
  private static final String ENTITIES = "<!DOCTYPE svg [<!ENTITY a0 'lol'>"
      + repeated(1, 12, "<!ENTITY aI '&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;&aJ;'>")
      + "]>";

  private final FlagServer server = start();
  private final List<String> spied = Collections.synchronizedList(new ArrayList<>());
  private final Uploads uploads = new Uploads();
  private ImageClient client;

  /** The kinds of documents. */
  enum Bomb {
    TALL("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1000000'><rect width='1' height='1'/></svg>"), TALLER(
        "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1e9'><rect width='1' height='1'/></svg>"), WIDE(
            "<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1'><rect width='1' height='1'/></svg>"), NOTHING_HIGH(
                "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='0'><rect width='1' height='1'/></svg>"), USE(HEAD
                    + "<defs><rect id='u0' width='1' height='1'/>"
                    + repeated(1, 12, "<g id='uI'>" + "<use href='#uJ'/>".repeat(10) + "</g>")
                    + "</defs><use href='#u11'/></svg>"), CYCLE(
                        HEAD + "<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g></svg>"), DEEP(
                            HEAD + "<g>".repeat(200_000) + "</g>".repeat(200_000) + "</svg>"), DASH(HEAD
                                + "<path d='M0 0H1000000000' stroke='red' stroke-dasharray='0.000001'/></svg>"), STYLED_DASH(
                                    HEAD + "<path d='M0 0H1000000000' style='stroke:red;stroke-dasharray:0.000001'/></svg>"), PATTERN(
                                        HEAD + "<defs><pattern id='p' width='0.000001' height='0.000001' patternUnits='userSpaceOnUse'><rect width='1'"
                                            + " height='1'/></pattern></defs><rect width='64' height='48' fill='url(#p)'/></svg>"), FILTER(
                                                HEAD + "<defs><filter id='f' x='-10000000%' y='-10000000%' width='100000000%' height='100000000%'><feGaussianBlur"
                                                    + " stdDeviation='100000'/></filter></defs><rect width='64' height='48' filter='url(#f)'/></svg>"), TURBULENCE(
                                                        HEAD + "<defs><filter id='f'><feTurbulence baseFrequency='0.05' numOctaves='2000000000'/></filter></defs><rect"
                                                            + " width='64' height='48' filter='url(#f)'/></svg>"), MASK(
                                                                HEAD + "<defs><mask id='m0'><rect width='64' height='48' fill='#fff'/></mask>"
                                                                    + repeated(1, 30, "<mask id='mI'>"
                                                                        + "<rect width='64' height='48' fill='#fff' mask='url(#mJ)'/>"
                                                                            .repeat(4)
                                                                        + "</mask>")
                                                                    + "</defs><rect width='64' height='48' mask='url(#m29)'/></svg>"), CLIP(
                                                                        HEAD + "<defs><clipPath id='m0'><rect width='64' height='48'/></clipPath>"
                                                                            + repeated(1, 30, "<clipPath id='mI'>"
                                                                                + "<rect width='64' height='48' clip-path='url(#mJ)'/>"
                                                                                    .repeat(4)
                                                                                + "</clipPath>")
                                                                            + "</defs><rect width='64' height='48' clip-path='url(#m29)'/></svg>"), LAUGHS(
                                                                                "<?xml version='1.0'?>" + ENTITIES + HEAD
                                                                                    + "<text y='20'>&a11;</text></svg>"), FOREIGN_ENTITY(
                                                                                        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
                                                                                            + HEAD
                                                                                            + "<text y='20'>&x;</text></svg>"), NO_XML(
                                                                                                "not a picture"), EMPTY("");

    final String text;

    Bomb(String text) {
      this.text = text;
    }
  }

  private static String repeated(int from, int to, String text) {
    StringBuilder all = new StringBuilder();
    for (int i = from; i < to; i++) {
      all.append(text.replace("I", Integer.toString(i)).replace("J", Integer.toString(i - 1)));
    }
    return all.toString();
  }

  private static FlagServer start() {
    try {
      return FlagServer.start(ServerProfile.of(ServerProfile.Label.LOCAL));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void connect() {
    server.handle(Uploads.PATH, uploads);
    server.handle("/spy/", exchange -> {
      spied.add(exchange.getRequestURI().toString());
      exchange.sendResponseHeaders(404, -1);
    });
    client = new ImageClient(server.uri("/some"), server.uri(Uploads.PATH), Duration.ofSeconds(60));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** Serves a document as the flag of one country, and real flags for all others. */
  private void serve(String document) {
    server.handle("/some/", exchange -> {
      String path = exchange.getRequestURI().getPath();
      byte[] bytes = path.contains("/xx/")
          ? document.getBytes(StandardCharsets.UTF_8)
          : (HEAD + "<rect width='32' height='48' fill='red'/></svg>").getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    });
  }

  private PipelineReport run(Duration timeout) {
    ImageOptions options = new ImageOptions(2, 4, List.of(64, 16), true, Retry.NEVER)
        .withLimits(RenderLimits.defaults().withTimeout(timeout));
    return ImagePipeline.of(List.of("AA", "XX", "BB"), client, options)
        .with(PipelineOptions.named("hostile").withFailures(FailurePolicy.collect()))
        .to(_ -> {})
        .run();
  }

  @ParameterizedTest
  @EnumSource
  void bomb_costsItsOwnPictureOnly(Bomb bomb) {
    serve(bomb.text);
    PipelineReport report = run(Duration.ofSeconds(3));
    assertThat(report.outcome()).isEqualTo(PipelineReport.Outcome.COMPLETED);
    assertThat(uploads.sizes()).containsKeys("aa-16.png", "aa-64.png", "bb-16.png", "bb-64.png");
    if (report.failures().isEmpty()) { // rendered, and so in time
      assertThat(uploads.sizes()).containsKeys("xx-16.png", "xx-64.png");
    } else {
      assertThat(report.failures()).singleElement().satisfies(failed -> {
        assertThat(failed.stage()).isEqualTo("render");
        assertThat(failed.cause()).isInstanceOf(ImagesException.Unreadable.class)
            .hasMessageContaining("the flag of XX");
      });
    }
  }

  @Test
  void document_thatTakesTooLong_isEndedAndSaysSo() {
    serve(Bomb.DASH.text);
    assertThat(run(Duration.ofMillis(1500)).failures()).singleElement()
        .satisfies(failed -> assertThat(failed.cause()).hasMessageContaining("took longer to render than 1500 ms")
            .hasMessageContaining("RenderLimits.timeout"));
  }

  @Test
  void references_toOtherPlaces_areNotFollowed() {
    String spy = server.uri("/spy/").toString();
    serve("<?xml version='1.0'?><!DOCTYPE svg SYSTEM '" + spy + "x.dtd'>" + HEAD + "<image xlink:href='" + spy
        + "x.png' width='9' height='9'/><image href='file:///etc/hostname' width='9' height='9'/><style>@import url(" + spy
        + "x.css);</style><use href='" + spy + "x.svg#a'/><rect fill='url(" + spy
        + "y.svg#a)' width='9' height='9'/></svg>");
    run(Duration.ofSeconds(20));
    assertThat(spied).isEmpty();
    assertThat(uploads.sizes()).containsKeys("aa-16.png", "bb-64.png");
  }

  @Test
  void file_thatIsTooLarge_isAFailedDownload() {
    client.close();
    client = new ImageClient(server.uri("/some"), server.uri(Uploads.PATH), Duration.ofSeconds(60),
        TransferLimits.defaults().withMaxFileBytes(1000));
    serve("x".repeat(1001));
    assertThat(run(Duration.ofSeconds(20)).failures()).singleElement().satisfies(failed -> {
      assertThat(failed.stage()).isEqualTo("download");
      assertThat(failed.cause()).hasMessageContaining("larger than 1000 bytes");
    });
  }

  @Test
  void codes_thatAreNone_areFailedPictures() {
    serve("");
    PipelineReport report = ImagePipeline
        .of(List.of("../x", "AA", "b\nb"), client, new ImageOptions(1, 1, List.of(16), true, Retry.NEVER))
        .with(PipelineOptions.named("hostile").withFailures(FailurePolicy.collect()))
        .to(_ -> {})
        .run();
    assertThat(report.failures()).hasSize(2).allSatisfy(
        failed -> assertThat(failed.cause()).hasMessageContaining("code must be two letters"));
    assertThat(uploads.sizes()).containsOnlyKeys("aa-16.png");
  }
}
