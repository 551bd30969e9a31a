/**
 * The state of a run or of an update rule, as a value in memory and as one file.
 *
 * <h2>The file</h2>
 *
 * <p>A {@link dev.optim.state.Checkpoint} is stored as a <a
 * href="https://github.com/huggingface/safetensors#format">safetensors</a> file by the rules of the
 * README and the reference implementation of safetensors 0.8: an 8-byte little-endian header
 * length; a JSON header of at most 100,000,000 bytes that begins with <code>&#123;</code> and may
 * end in spaces; unique names; a text-to-text {@code __metadata__}; row-major little-endian data
 * without holes or overlaps up to the end of the file. Python reads it with {@code
 * safetensors.safe_open}. The writer pads the header to a multiple of 8 bytes and stores the
 * tensors by falling element size, which aligns every element.
 *
 * <p>Metadata keys that begin with {@code optim.} belong to the file:
 *
 * <ul>
 *   <li>{@code optim.crc32c}, always the first key of the header: the CRC-32C (RFC 3720) of all
 *       bytes of the file - length, header, padding and data - taken while the value's own eight
 *       lower-case hexadecimal digits read {@code 00000000}. One flipped bit anywhere is always
 *       found, and so is every burst of errors of up to 32 bits; other damage slips by with
 *       probability 2<sup>-32</sup>. This guards against accidents, not against forgery.
 *   <li>{@code optim.format}: the version of this layout, {@code 1}.
 *   <li>{@code optim.version}: the version of the library that wrote the file, for messages only.
 * </ul>
 */
@NullMarked
package dev.optim.state;

import org.jspecify.annotations.NullMarked;
