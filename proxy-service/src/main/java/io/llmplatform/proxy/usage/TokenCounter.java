package io.llmplatform.proxy.usage;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts tokens before a provider does, by o200k_base: exact for OpenAI's newer models, near for others'.
 *
 * <p>The first {@value #EXACT_CHARS} characters of a request are counted exactly, a few milliseconds of work (words of more than
 * {@value #LONGEST_WORD} characters are counted in pieces, which adds a token or so each); the rest is extrapolated from them by {@link TokenEstimate}, within some 15 % where the rest is text of the same sort.
 * Until the vocabulary is loaded (a second or so, begun by the first count or by {@link #load}, never on the caller's
 * thread) all is estimated.
 */
public final class TokenCounter {
    static final int EXACT_CHARS = 16 * 1024;

    /** The encoder's work grows with the square of a word's length: 16 K random letters would take 200 ms. */
    static final int LONGEST_WORD = 256;

    private static final Logger LOG = LoggerFactory.getLogger(TokenCounter.class);

    private final Supplier<Encoding> vocabulary;
    private final Executor background;
    private volatile CompletableFuture<Encoding> loading = CompletableFuture.failedFuture(new IllegalStateException());
    private volatile boolean begun;

    public TokenCounter() {
        this(
                () -> Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE),
                task -> Thread.ofPlatform().name("token-vocabulary").daemon().start(task));
    }

    TokenCounter(Supplier<Encoding> vocabulary, Executor background) {
        this.vocabulary = vocabulary;
        this.background = background;
    }

    /** Begins to load, once. */
    public synchronized CompletableFuture<Void> load() {
        if (!begun) {
            begun = true;
            loading = CompletableFuture.supplyAsync(vocabulary, background);
            loading.whenComplete((encoding, failure) -> {
                if (failure != null) {
                    LOG.error("token vocabulary cannot be loaded, tokens are estimated without it", failure);
                }
            });
        }
        return loading.thenAccept(encoding -> {});
    }

    /** The tokens of one text. */
    public long count(String text) {
        var count = begin();
        count.text(text);
        return count.tokens();
    }

    /** For all texts of one request: what is counted exactly is bounded over all of them. */
    public TokenCount begin() {
        if (!begun) {
            var ignored = load();
        }
        return new TokenCount(loading.isDone() && !loading.isCompletedExceptionally() ? loading.join() : null);
    }
}
