package io.llmplatform.proxy.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCounterTest {
    private static final TokenCounter COUNTER = new TokenCounter();
    private static Encoding exact;

    @BeforeAll
    static void load() throws Exception {
        COUNTER.load().get(60, TimeUnit.SECONDS);
        exact = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    @Test
    void knownTexts() {
        assertThat(COUNTER.count("")).isZero();
        assertThat(COUNTER.count("hello world")).isEqualTo(2);
        assertThat(COUNTER.count("<|endoftext|>")).isEqualTo(7);
    }

    @Test
    void exactUpTo16KCharacters() throws Exception {
        var text = prose().substring(0, TokenCounter.EXACT_CHARS);
        assertThat(COUNTER.count(text)).isEqualTo(exact.countTokensOrdinary(text));
    }

    @Test
    void within15PercentBeyondThatOnProseAndCode() throws Exception {
        for (var text : new String[] {prose(), code()}) {
            assertThat(text).hasSizeGreaterThan(4 * TokenCounter.EXACT_CHARS);
        }
        assertThat(COUNTER.count(prose())).isCloseTo(exact.countTokensOrdinary(prose()), Percentage.withPercentage(15));
        assertThat(COUNTER.count(code())).isCloseTo(exact.countTokensOrdinary(code()), Percentage.withPercentage(15));
    }

    @Test
    void theBoundIsOverAllTextsOfARequest() throws Exception {
        var whole = COUNTER.begin();
        for (var line : prose().split("(?<=\n)")) {
            whole.text(line);
        }
        assertThat(whole.tokens()).isCloseTo(exact.countTokensOrdinary(prose()), Percentage.withPercentage(15));
        var message = COUNTER.begin();
        message.message();
        message.text("hello world");
        assertThat(message.tokens()).isEqualTo(6);
    }

    @Test
    void aSurrogatePairIsNotCutInTwo() {
        var text = "x".repeat(TokenCounter.EXACT_CHARS - 1) + "\uD83D\uDE00".repeat(10);
        assertThat(COUNTER.count(text)).isPositive();
    }

    /** Worst cases of byte pair encoders and of regular expressions. */
    @ParameterizedTest
    @ValueSource(strings = {"a", " ", "\n", "1", "=", "漢", "\uD83D\uDE00", "aB", " \n", "random letters"})
    void textWithoutWordsIsBoundedToo(String piece) {
        var random = new Random(1);
        var text = piece.startsWith("random")
                ? random.ints(1_000_000, 'a', 'z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining())
                : piece.repeat(1_000_000 / piece.length());
        var threads = ManagementFactory.getThreadMXBean();
        COUNTER.count(text);
        long since = threads.getCurrentThreadCpuTime();
        assertThat(COUNTER.count(text)).isGreaterThan(1000);
        var took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - since);
        // Some 20 ms with a warm compiler; without the bound on words random letters take ten times as long.
        assertThat(took).isLessThan(Duration.ofMillis(150));
    }

    @Test
    void wordsCutInPiecesAreNearTheExactCount() {
        for (var word : new String[] {"a", "漢字", "\uD83D\uDE00", "antidisestablishmentarianism"}) {
            var text = word.repeat(TokenCounter.EXACT_CHARS / word.length());
            assertThat(COUNTER.count(text))
                    .as(word)
                    .isCloseTo(exact.countTokensOrdinary(text), Percentage.withPercentage(5));
        }
    }

    @Test
    void loadsOnceInTheBackgroundAndEstimatesUntilThen() {
        var loads = new AtomicInteger();
        var background = new ArrayDeque<Runnable>();
        var counter = new TokenCounter(
                () -> {
                    loads.incrementAndGet();
                    return exact;
                },
                background::add);
        var text = "antidisestablishmentarianism";
        assertThat(counter.count(text)).isEqualTo(TokenEstimate.of(text)).isEqualTo(7);
        counter.count(text);
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(counter.count(text))
                .isEqualTo(exact.countTokensOrdinary(text))
                .isEqualTo(6);
        assertThat(loads).hasValue(1);
    }

    @Test
    void aVocabularyThatCannotBeLoadedLeavesTheEstimate() {
        var counter = new TokenCounter(
                () -> {
                    throw new IllegalStateException("no vocabulary");
                },
                Runnable::run);
        assertThat(counter.count("some text")).isEqualTo(TokenEstimate.of("some text"));
    }

    /** What we wrote in English: the documents, and the comments of all modules. */
    private static String prose() throws IOException {
        var comments = all(Path.of(".."), ".java")
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("* ") || line.startsWith("/** ") || line.startsWith("// "))
                .map(line -> line.replaceAll("^[/*]+ |[*]/$", ""))
                .collect(Collectors.joining("\n"));
        return all(Path.of("..", "docs"), ".md") + comments;
    }

    private static String code() throws IOException {
        return all(Path.of("src", "main", "java"), ".java");
    }

    private static String all(Path folder, String suffix) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .map(TokenCounterTest::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
