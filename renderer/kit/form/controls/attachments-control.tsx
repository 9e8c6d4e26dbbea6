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
import type { ControlProps } from './control.ts';

const MEGABYTE = 1024 * 1024;

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
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(value);
  // What is added while several files are being prepared counts from what stands there then.
  useEffect(() => {
    latest.current = value;
  }, [value]);
  const [left, setLeft] = useState(0);
  const [told, setTold] = useState<readonly string[]>([]);
  const [isOver, setOver] = useState(false);

  async function addOne(file: File): Promise<string | undefined> {
    const about = (sentence: string): string => t('attachments.about', { name: file.name, sentence });
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
    return isScaled ? about(t('attachments.scaled', { size })) : undefined;
  }

  async function add(files: readonly File[]): Promise<void> {
    setTold([]);
    setLeft(files.length);
    const found: string[] = [];
    for (const file of files) {
      const sentence = await addOne(file).catch(() => t('attachments.trouble.storage'));
      if (sentence !== undefined) found.push(sentence);
      setLeft((count) => count - 1);
    }
    setTold(found);
  }

  const onPaste = (event: ClipboardEvent): void => {
    const files = [...event.clipboardData.files];
    if (files.length === 0 || disabled) return;
    event.preventDefault();
    void add(files);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled) void add([...event.dataTransfer.files]);
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
          void add(files);
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
