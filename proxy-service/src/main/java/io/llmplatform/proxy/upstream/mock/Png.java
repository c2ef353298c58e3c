package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Draws a mirrored mosaic in four colours as a PNG: two bits a pixel, so that a large picture is a few kilobytes and soon
 * made.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int COLOURS = 4;
    private static final int BITS = 2;
    private static final int PALETTE = 3;
    private static final int CELLS = 16;

    private Png() {}

    /** @param seed decides colours and pattern */
    static byte[] draw(long seed, int width, int height) {
        var random = new SplittableRandom(seed);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(width, height));
            chunk(out, "PLTE", palette(random));
            chunk(out, "IDAT", pixels(random, width, height));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        var name = type.getBytes(ISO_8859_1);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    private static byte[] header(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(width);
        out.writeInt(height);
        out.write(new byte[] {BITS, PALETTE, 0, 0, 0});
        return bytes.toByteArray();
    }

    private static byte[] palette(SplittableRandom random) {
        var colours = new byte[COLOURS * 3];
        random.nextBytes(colours);
        return colours;
    }

    private static byte[] pixels(SplittableRandom random, int width, int height) throws IOException {
        var cells = new int[CELLS][CELLS / 2];
        for (var row : cells) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(COLOURS);
            }
        }
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            for (int y = 0; y < height; y++) {
                out.write(line(cells[y * CELLS / height], width));
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** One line, behind the byte that says it is not filtered. */
    private static byte[] line(int[] cells, int width) {
        int perByte = 8 / BITS;
        var line = new byte[1 + (width + perByte - 1) / perByte];
        for (int x = 0; x < width; x++) {
            int cell = x * CELLS / width;
            int colour = cells[Math.min(cell, CELLS - 1 - cell)];
            line[1 + x / perByte] |= (byte) (colour << (8 - BITS - x % perByte * BITS));
        }
        return line;
    }
}
