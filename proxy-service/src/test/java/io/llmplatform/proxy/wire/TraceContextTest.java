package io.llmplatform.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final String NEW = "00-00000000000000010000000000000002-0000000000000003-02";

    @Test
    void theTraceIsKeptAndTheCallHasASpanOfItsOwn() {
        var trace = TraceContext.of(List.of(PARENT), List.of("a=1, b@c=x=y?"), counting());
        assertThat(trace.traceparent()).isEqualTo(PARENT);
        assertThat(trace.tracestate()).isNull(); // a value has no equals sign
        var with = TraceContext.of(List.of(PARENT), List.of("a=1 ,\tb@c=x y", "", "d-*/_=!"), counting());
        assertThat(with.tracestate()).isEqualTo("a=1,b@c=x y,d-*/_=!");
        var next = with.next(counting());
        assertThat(next.traceparent()).isEqualTo("00-" + TRACE + "-0000000000000001-01");
        assertThat(next.tracestate()).isEqualTo(with.tracestate());
    }

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-b7ad6b7169203331-ff, 03",
        "00-" + TRACE + "-b7ad6b7169203331-00, 00",
        "01-" + TRACE + "-b7ad6b7169203331-01, 01",
        "cc-" + TRACE + "-b7ad6b7169203331-01-what-comes, 01",
    })
    void laterVersionsAndUnknownFlagsBecomeOurs(String parent, String flags) {
        assertThat(TraceContext.of(List.of(parent), List.of(), counting()).traceparent())
                .isEqualTo("00-" + TRACE + "-b7ad6b7169203331-" + flags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-b7ad6b7169203331",
                "00-" + TRACE + "-b7ad6b7169203331-1",
                "00-" + TRACE + "-b7ad6b7169203331-01-",
                "00-" + TRACE + "-b7ad6b7169203331-01-x",
                "01-" + TRACE + "-b7ad6b7169203331-01x",
                "ff-" + TRACE + "-b7ad6b7169203331-01",
                "0-" + TRACE + "0-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-b7ad6b716920333g-01",
                "00_" + TRACE + "_b7ad6b7169203331_01",
                " 00-" + TRACE + "-b7ad6b7169203331-01",
                "00-" + TRACE + "-b7ad6b7169203331-0\n",
            })
    void anInvalidParentBeginsANewTrace(String parent) {
        var trace = TraceContext.of(List.of(parent), List.of("a=1"), counting());
        assertThat(trace.traceparent()).isEqualTo(NEW);
        assertThat(trace.tracestate()).isNull();
    }

    @Test
    void noneOrTwoParentsBeginANewTrace() {
        assertThat(TraceContext.of(List.of(), List.of(), counting()).traceparent())
                .isEqualTo(NEW);
        assertThat(TraceContext.of(List.of(PARENT, PARENT), List.of(), counting())
                        .traceparent())
                .isEqualTo(NEW);
    }

    @Test
    void idsAreNeverZero() {
        var values = List.of(0L, 0L, 5L, 0L, 6L).iterator();
        RandomGenerator zeros = values::next;
        assertThat(TraceContext.of(List.of(), List.of(), zeros).traceparent())
                .isEqualTo("00-00000000000000000000000000000005-0000000000000006-02");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "=1",
                "a=",
                "A=1",
                "a=1,a=2",
                "a=1\r\nx: y",
                "a=é",
                "a b=1",
                "a@b@c=1",
                "a=1,,b",
                "a@=1",
                "a=\u0000"
            })
    void aMalformedStateIsNotPassedOn(String state) {
        assertThat(TraceContext.of(List.of(PARENT), List.of(state), counting()).tracestate())
                .isNull();
    }

    @Test
    void aLongStateLosesLongMembersFirstAndThenTheLast() {
        var longOne = "long=" + "x".repeat(200);
        var many = IntStream.range(0, 30)
                .mapToObj(i -> "k" + (i + 10) + "=" + "v".repeat(20))
                .toList();
        var kept = TraceContext.of(List.of(PARENT), List.of(longOne + "," + String.join(",", many)), counting())
                .tracestate();
        assertThat(kept).isEqualTo(many.stream().limit(20).collect(Collectors.joining(",")));
        assertThat(kept).hasSizeLessThanOrEqualTo(512);
        var exact = "a=" + "x".repeat(254) + ",b=" + "y".repeat(253);
        assertThat(exact).hasSize(512);
        assertThat(TraceContext.of(List.of(PARENT), List.of(exact), counting()).tracestate())
                .isEqualTo(exact);
        var tooMany = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));
        assertThat(TraceContext.of(List.of(PARENT), List.of(tooMany), counting())
                        .tracestate())
                .isNull();
    }

    private static RandomGenerator counting() {
        var next = new long[1];
        return () -> ++next[0];
    }
}
