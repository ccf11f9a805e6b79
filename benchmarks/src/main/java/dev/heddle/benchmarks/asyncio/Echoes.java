package dev.heddle.benchmarks.asyncio;

import dev.heddle.benchmarks.measure.Figure;
import dev.heddle.benchmarks.measure.Pairs;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Servers on an event loop beside those on virtual threads: in turn, several times, of which the medians count. */
final class Echoes {
  private static final String AREA = "asyncio";
  private static final String PEER = "virtual threads";
  private static final int WARMUPS = 2;
  private static final int RUNS = 5;

  private final PrintStream out;

  Echoes(PrintStream out) {
    this.out = out;
  }

  List<Figure> plain() throws Exception {
    String name = "TCP echo of 1,000 connections";
    Medians medians = measure(name, null, new EchoLoad(1_000, 50, Duration.ZERO, SocketFactory.getDefault()));
    return List.of(medians.perEcho(name), medians.p99(name));
  }

  List<Figure> tls() throws Exception {
    SSLContext context = OwnCertificate.context();
    String name = "TLS echo of 200 connections";
    Medians medians = measure(name, context, new EchoLoad(200, 250, Duration.ZERO, context.getSocketFactory()));
    return List.of(medians.perEcho(name), medians.p99(name));
  }

  Figure flooded() throws Exception {
    String name = "TCP echo of 20 connections beside a flooding one";
    EchoLoad others = new EchoLoad(20, 100, Duration.ofMillis(5), SocketFactory.getDefault());
    return measure(name, null, new Flood(others)).p99(name);
  }

  private Medians measure(String name, @Nullable SSLContext tls, EchoServers.Load<EchoLoad.Figures> load)
      throws Exception {
    out.println(AREA + ": " + name);
    double[][] figures = new double[4][RUNS];
    for (int i = 0; i < WARMUPS; i++) { // for the compiler, which has more to do here than for a small loop
      EchoServers.onALoop(tls, load);
      EchoServers.onVirtualThreads(tls, load);
    }
    for (int i = 0; i < RUNS; i++) {
      EchoLoad.Figures own = EchoServers.onALoop(tls, load);
      EchoLoad.Figures peer = EchoServers.onVirtualThreads(tls, load);
      figures[0][i] = 1e6 / own.perSecond();
      figures[1][i] = 1e6 / peer.perSecond();
      figures[2][i] = own.p99Millis();
      figures[3][i] = peer.p99Millis();
    }
    return new Medians(Pairs.median(figures[0]), Pairs.median(figures[1]), Pairs.median(figures[2]),
        Pairs.median(figures[3]));
  }

  /** The medians of several runs. */
  private record Medians(double perEcho, double perEchoOfPeer, double p99, double p99OfPeer) {
    Figure perEcho(String name) {
      return Figure.of(AREA, name + ", per echo", perEcho, perEchoOfPeer, PEER, "µs");
    }

    Figure p99(String name) {
      return Figure.of(AREA, name + ", 99 % within", p99, p99OfPeer, PEER, "ms");
    }
  }
}
