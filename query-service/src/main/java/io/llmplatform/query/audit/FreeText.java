package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a person typed, never taken for a query language. Each word must occur in some value of the event, as a phrase
 * (so that {@code gpt-4o}, an e-mail address or 张三 is found as it stands) and the last part of it as a beginning (so
 * that {@code dev} finds {@code developer}).
 */
final class FreeText {
    private static final String EVERYTHING = "all";
    /** Beyond these the words need only occur; phrases with beginnings cost more. */
    private static final int PHRASES = 16;

    private static final int BEGINNINGS = 500;

    private FreeText() {}

    static List<Query> conditions(String text) {
        var words = Arrays.stream(text.strip().split("[\\s\\p{Z}]+")).toList();
        var telling = words.stream().filter(FreeText::tells).toList();
        var conditions = new ArrayList<Query>();
        for (var word : telling.isEmpty() ? words : telling.subList(0, Math.min(PHRASES, telling.size()))) {
            conditions.add(Query.of(q ->
                    q.matchPhrasePrefix(m -> m.field(EVERYTHING).query(word).maxExpansions(BEGINNINGS))));
        }
        if (telling.size() > PHRASES) {
            var rest = String.join(" ", telling.subList(PHRASES, telling.size()));
            conditions.add(
                    Query.of(q -> q.match(m -> m.field(EVERYTHING).query(rest).operator(Operator.And))));
        }
        return conditions;
    }

    /** Whether there is anything in it to look for; a lone dash or quotation mark would match nothing. */
    private static boolean tells(String word) {
        return word.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
