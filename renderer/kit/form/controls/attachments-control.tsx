/**
 * Photographs and scans in a form: chosen, dropped or pasted. Each is sealed and durable on this computer before it stands in the list; it
 * becomes part of the record when the form is saved.
 */
import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState, type ClipboardEvent, type DragEvent } from 'react';
import type { Attachment, AttachmentsField } from '../../../../shared/core/field/attachments.ts';
import { problemSentence } from '../../../../shared/core/problem.ts';
import { useDesk } from '../../../core/hooks.ts';
import { AttachmentsList } from '../../attachments/attachments-list.tsx';
import { showSize } from '../../attachments/size-words.ts';
import { useWords } from '../../words.ts';
import { useHolds } from '../holds.ts';
import type { ControlProps } from './control.ts';

const MEGABYTE = 1024 * 1024;

/** A word about a file, whether or not it came into the form. */
interface Told {
  readonly sentence: string;
  readonly isIn: boolean;
}

export function AttachmentsControl({
  field,
  value = [],
  onChange,
  id,
  name,
  describedBy,
  disabled = false,
}: ControlProps<AttachmentsField, readonly Attachment[]>) {
  const { t, language } = useWords();
  const desk = useDesk();
  const holds = useHolds();
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  // What is added while several files are being prepared counts from what stands there then.
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const [left, setLeft] = useState(0);
  const [told, setTold] = useState<readonly string[]>([]);
  const [isOver, setOver] = useState(false);

  async function addOne(file: File): Promise<Told | undefined> {
    const about = (sentence: string, isIn = false): Told => ({
      sentence: t('attachments.about', { name: file.name, sentence }),
      isIn,
    });
    if (latest.current.length >= field.max)
      return about(problemSentence({ code: 'tooMany', field: '', details: { max: field.max } }, language));
    // Drawing pictures is loaded when the first one comes.
    const { prepareFile } = await import('../../attachments/prepare-file.ts');
    const prepared = await prepareFile(file, field, t('attachments.unnamed'));
    if (!prepared.ok) {
      if (prepared.error === 'unreadable') return about(t('attachments.unreadable'));
      const details = { max: Math.floor(field.mostBytes / MEGABYTE) };
      return about(problemSentence({ code: prepared.error, field: '', details }, language));
    }
    const { content, named, isScaled } = prepared.value;
    const added = await desk.attachments.add(content, named);
    if (!added.ok) return about(t(`attachments.trouble.${added.error}`));
    if (!latest.current.some((one) => one.id === added.value.id)) {
      latest.current = [...latest.current, added.value];
      onChange(latest.current);
    }
    const size = showSize(content.length);
    return isScaled ? about(t('attachments.scaled', { size }), true) : undefined;
  }

  async function take(files: readonly File[]): Promise<boolean> {
    setTold([]);
    setLeft((count) => count + files.length);
    const found: Told[] = [];
    for (const file of files) {
      const told = await addOne(file).catch(() => ({
        sentence: t('attachments.trouble.storage'),
        isIn: false,
      }));
      if (told !== undefined) found.push(told);
      setLeft((count) => count - 1);
    }
    setTold((known) => [...known, ...found.map(({ sentence }) => sentence)]);
    return found.every(({ isIn }) => isIn);
  }
  const add = (files: readonly File[]): void => holds.add(take(files));

  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || disabled) return;
    event.preventDefault();
    add(files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled) add([...event.dataTransfer.files]);
  };
  return (
    <div
      className="kit-attachments-control"
      data-over={isOver}
      onPaste={onPaste}
      onDrop={onDrop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      {value.length > 0 && (
        <AttachmentsList
          attachments={value}
          name={name}
          action={(one) =>
            !disabled && (
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('form.removeMember', { what: one.name })}
                onClick={() => onChange(value.filter((other) => other.id !== one.id))}
              />
            )
          }
        />
      )}
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={field.accept.join()}
        data-field={id}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = '';
          add(files);
        }}
      />
      <Button
        id={id}
        icon={<PaperClipOutlined />}
        aria-describedby={describedBy}
        disabled={disabled || value.length >= field.max}
        loading={left > 0}
        onClick={() => input.current?.click()}
      >
        {left > 0 ? t('attachments.adding', { count: left }) : t('attachments.add')}
      </Button>
      <span className="kit-help"> {t('attachments.hint')}</span>
      {told.map((sentence) => (
        <div key={sentence} className="kit-attachments-told" role="status">
          {sentence}
        </div>
      ))}
    </div>
  );
}
