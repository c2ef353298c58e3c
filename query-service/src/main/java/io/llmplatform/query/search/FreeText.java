package io.llmplatform.query.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a person typed, never taken for a query language. Each word must occur in some value of the event, as a phrase
 * (so that {@code gpt-4o}, an e-mail address or 张三 is found as it stands) and the last part of it as a beginning (so
 * that {@code dev} finds {@code developer}). English words are found in their other forms too (price, prices), Chinese, which is
 * written without spaces, by most of its pairs of characters where the phrase as a whole does not occur.
 */
public final class FreeText {
    private static final String EVERYTHING = "all";
    private static final String PAIRS = "all.cjk";
    private static final String ENGLISH = "all.english";
    /** Up to two pairs all of them, of more about two thirds. */
    private static final String MOST_PAIRS = "2<-34%";

    private static final Set<Character.UnicodeScript> EAST_ASIAN = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL);

    /** Beyond these the words need only occur; phrases with beginnings cost more. */
    private static final int PHRASES = 16;

    private static final int BEGINNINGS = 500;

    private FreeText() {}

    /** All of them must hold. */
    public static List<Query> conditions(String text) {
        var words = Arrays.stream(text.strip().split("[\\s\\p{Z}]+")).toList();
        var telling = words.stream().filter(FreeText::tells).toList();
        var conditions = new ArrayList<Query>();
        for (var word : telling.isEmpty() ? words : telling.subList(0, Math.min(PHRASES, telling.size()))) {
            conditions.add(occurs(word));
        }
        if (telling.size() > PHRASES) {
            var rest = String.join(" ", telling.subList(PHRASES, telling.size()));
            conditions.add(
                    Query.of(q -> q.match(m -> m.field(EVERYTHING).query(rest).operator(Operator.And))));
        }
        return conditions;
    }

    private static Query occurs(String word) {
        var asItStands = Query.of(
                q -> q.matchPhrasePrefix(m -> m.field(EVERYTHING).query(word).maxExpansions(BEGINNINGS)));
        var otherwise = isEastAsian(word)
                ? Query.of(q -> q.match(m -> m.field(PAIRS).query(word).minimumShouldMatch(MOST_PAIRS)))
                : Query.of(q -> q.matchPhrase(m -> m.field(ENGLISH).query(word)));
        return Query.of(q -> q.bool(b -> b.should(asItStands, otherwise).minimumShouldMatch("1")));
    }

    private static boolean isEastAsian(String word) {
        return word.codePoints().mapToObj(Character.UnicodeScript::of).anyMatch(EAST_ASIAN::contains);
    }

    /** Whether there is anything in it to look for; a lone dash or quotation mark would match nothing. */
    private static boolean tells(String word) {
        return word.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}
