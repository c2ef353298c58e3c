package io.llmplatform.proxy.upstream.mock;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A vector of length 1 that depends on nothing but the words: each adds the same few ones wherever it occurs, so that texts
 * that share words are near each other. The whole text adds a little, so that no two texts are the same.
 */
final class Embedding {
    private static final int PLACES = 16;
    private static final float WHOLE = 0.25f;

    private Embedding() {}

    static float[] of(List<String> words, String whole, int dimensions) {
        var vector = new float[dimensions];
        words.forEach(word -> add(vector, Hash.of(word), 1));
        add(vector, Hash.of(whole) + 1, WHOLE);
        double square = 0;
        for (float number : vector) {
            square += (double) number * number;
        }
        if (square == 0) {
            // All cancelled out, as happens in one dimension.
            vector[0] = 1;
            return vector;
        }
        double length = Math.sqrt(square);
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private static void add(float[] vector, long seed, float weight) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < PLACES; i++) {
            vector[random.nextInt(vector.length)] += random.nextBoolean() ? weight : -weight;
        }
    }
}
