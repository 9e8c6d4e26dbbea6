/** A lock screen as one builds it with antd at first: what the desk's own lock screen, which loads none of it, is held against. */
import { Button, Card, ConfigProvider, Form, Input, Select, Typography } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

function Door() {
  useEffect(() => void performance.mark('usable'), []);
  return (
    <ConfigProvider locale={zhCN}>
      <Card style={{ width: 420, margin: '120px auto' }}>
        <Typography.Title level={3}>邻里台账</Typography.Title>
        <Form layout="vertical">
          <Form.Item label="您是">
            <Select defaultValue="1" options={[{ value: '1', label: '周敏' }]} />
          </Form.Item>
          <Form.Item label="PIN 码">
            <Input.Password autoFocus />
          </Form.Item>
          <Button type="primary" block>
            解锁
          </Button>
        </Form>
      </Card>
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Door />);
