package dev.heddle.micrometer;

import io.micrometer.context.ThreadLocalAccessor;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

// begin
/** OpenTelemetry's context as the headers of a request: a string, so that it reaches worker processes, too. */
@SuppressWarnings({"MustBeClosedChecker", "deprecation"}) // restore closes the scopes; a getter must list its keys
final class Headers implements ThreadLocalAccessor<String> {
  private static final TextMapPropagator W3C = TextMapPropagator.composite(
      W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
  private static final ThreadLocal<Deque<Scope>> SCOPES = ThreadLocal.withInitial(ArrayDeque::new);

  @Override
  public Object key() {
    return "opentelemetry";
  }

  @Override
  public @Nullable String getValue() {
    Map<String, String> headers = new TreeMap<>();
    W3C.inject(Context.current(), headers, (into, name, value) -> headers.put(name, value));
    return headers.isEmpty()
        ? null
        : headers.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue()).collect(Collectors.joining("\n"));
  }

  @Override
  public void setValue(String headers) {
    Map<String, String> each = headers.lines()
        .collect(Collectors.toMap(line -> line.split(":", 2)[0], line -> line.split(":", 2)[1]));
    SCOPES.get().push(W3C.extract(Context.root(), each, new Getter()).makeCurrent());
  }

  @Override
  public void setValue() {
    SCOPES.get().push(Context.root().makeCurrent());
  }

  @Override
  public void restore(String headers) {
    SCOPES.get().pop().close();
  }

  @Override
  public void restore() {
    SCOPES.get().pop().close();
  }

  private static final class Getter implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
// end
