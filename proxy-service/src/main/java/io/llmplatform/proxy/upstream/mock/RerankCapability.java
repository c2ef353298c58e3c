package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Ranks documents by how many of the query's words they have, in the shape that Cohere and Jina share. Documents come back
 * only with {@code return_documents: true}, as with Cohere.
 */
final class RerankCapability implements Capability {
    private static final int MAX_DOCUMENTS = 1000;
    private static final double SHARE_OF_QUERY = 0.9;

    private record Ranked(int index, double relevance) {}

    @Override
    public Reply answer(Ask ask) {
        var params = ask.json();
        var query = params.text("query");
        var documents = documents(params.at("documents"));
        int top = params.integer("top_n", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        var words = new HashSet<>(Words.of(query));
        var ranked = new ArrayList<Ranked>();
        for (int i = 0; i < documents.size(); i++) {
            ranked.add(new Ranked(i, relevance(words, new HashSet<>(Words.of(documents.get(i))))));
        }
        // The sort is stable: equals stay in the order they came.
        ranked.sort(Comparator.comparingDouble(Ranked::relevance).reversed());
        var answer = MockJson.object().put("id", ask.id("rerank")).put("model", ask.model());
        var results = answer.putArray("results");
        for (var one : ranked.subList(0, Math.min(top, ranked.size()))) {
            var result = results.addObject().put("index", one.index()).put("relevance_score", one.relevance());
            if (params.flag("return_documents")) {
                result.putObject("document").put("text", documents.get(one.index()));
            }
        }
        long tokens = TokenEstimate.of(query)
                + documents.stream().mapToLong(TokenEstimate::of).sum();
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        answer.putObject("meta").putObject("billed_units").put("search_units", 1);
        return Reply.json(answer);
    }

    private static List<String> documents(JsonNode documents) {
        if (!documents.isArray() || documents.isEmpty() || documents.size() > MAX_DOCUMENTS) {
            throw wrong();
        }
        var texts = new ArrayList<String>();
        for (var document : documents) {
            var text = document.isObject() ? document.path("text") : document;
            if (!text.isString()) {
                throw wrong();
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    /** From 0 to 1; among documents with the same words of the query, the shorter is the nearer. */
    private static double relevance(Set<String> query, Set<String> document) {
        double shared = query.stream().filter(document::contains).count();
        if (shared == 0) {
            return 0;
        }
        double together = query.size() + document.size() - shared;
        double relevance = SHARE_OF_QUERY * shared / query.size() + (1 - SHARE_OF_QUERY) * shared / together;
        return Math.round(relevance * 1e6) / 1e6;
    }

    private static MockRefusal wrong() {
        return new MockRefusal(
                "documents", "Expected 1 to " + MAX_DOCUMENTS + " texts, or objects with `text`, as `documents`.");
    }
}
